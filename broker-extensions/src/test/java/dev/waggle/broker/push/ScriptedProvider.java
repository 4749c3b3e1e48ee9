package dev.waggle.broker.push;

import dev.waggle.push.Address;
import dev.waggle.push.Credential;
import dev.waggle.push.Outcome;
import dev.waggle.push.Push;
import dev.waggle.push.PushProvider;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A provider that keeps what it gets and answers as it was told. */
final class ScriptedProvider implements PushProvider {
    /** What it got, each try. */
    final List<Push> got = new ArrayList<>();
    /** What it answers next. */
    final Deque<Outcome> answers = new ArrayDeque<>();
    /** What it answers when none of these is left. */
    Outcome usual = new Outcome.Accepted("ok");
    /** What it says of its credential, or null. */
    Credential credential;
    /** True: it does not answer; {@link #held} can be completed later. */
    boolean hangs;

    final List<CompletableFuture<Outcome>> held = new ArrayList<>();

    @Override
    public String name() {
        return "scripted";
    }

    @Override
    public CompletionStage<Outcome> send(Address to, Push push) {
        got.add(push);
        if (hangs) {
            CompletableFuture<Outcome> answer = new CompletableFuture<>();
            held.add(answer);
            return answer;
        }
        Outcome answer = answers.poll();
        return CompletableFuture.completedStage(answer == null ? usual : answer);
    }

    @Override
    public CompletionStage<List<String>> problems() {
        return CompletableFuture.completedStage(List.of());
    }

    @Override
    public Optional<Credential> credential() {
        return Optional.ofNullable(credential);
    }

    @Override
    public void close() {}
}
