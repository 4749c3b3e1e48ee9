package dev.waggle.push.webhook;

import dev.waggle.push.Address;
import dev.waggle.push.Outcome;
import dev.waggle.push.Push;
import dev.waggle.push.PushProvider;
import dev.waggle.push.http.HttpCall;
import dev.waggle.push.http.HttpSender;
import dev.waggle.push.json.PushJson;
import dev.waggle.spec.Bytes;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** Hands pushes to the operator's program, signed. Any thread. */
public final class WebhookProvider implements PushProvider {
    private final PushJson json = new PushJson();
    private final WebhookUrl url;
    private final WebhookSignature signature;
    private final HttpSender sender;
    private final InstantSource clock;

    /**
     * @param secret at least 32 bytes that the program knows too
     * @param sender belongs to the caller
     * @throws IllegalArgumentException if the secret is too short
     */
    public WebhookProvider(WebhookUrl url, Bytes secret, HttpSender sender, InstantSource clock) {
        this.url = url;
        this.signature = new WebhookSignature(secret);
        this.sender = sender;
        this.clock = clock;
    }

    @Override
    public String name() {
        return "webhook";
    }

    @Override
    public CompletionStage<Outcome> send(Address to, Push push) {
        if (!(to instanceof Address.Webhook address)) {
            return CompletableFuture.completedFuture(new Outcome.Undeliverable("not an address behind a webhook"));
        }
        Bytes body = json.write(push, out -> {
            out.writeStringField("device", push.device().value());
            out.writeStringField("address", address.value());
        });
        Map<String, String> headers = Map.of(
                "Content-Type", "application/json", WebhookSignature.HEADER, signature.of(body, clock.instant()));
        return sender.post(new HttpCall(url.address(), headers, body)).thenApply(WebhookOutcome::of);
    }

    /** None: the program can only be asked with a push. */
    @Override
    public CompletionStage<List<String>> problems() {
        return CompletableFuture.completedFuture(List.of());
    }

    @Override
    public void close() {
        // The sender belongs to whoever made it.
    }
}
