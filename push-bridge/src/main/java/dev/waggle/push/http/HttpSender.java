package dev.waggle.push.http;

import java.util.concurrent.CompletionStage;

/** Sends one POST. Any thread may call it; it does not block. */
public interface HttpSender {

    /** Completes normally, within the sender's time limit, on a thread that must not be held. */
    CompletionStage<HttpReply> post(HttpCall call);
}
