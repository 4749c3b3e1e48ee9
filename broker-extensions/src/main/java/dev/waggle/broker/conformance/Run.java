package dev.waggle.broker.conformance;

import dev.waggle.broker.conformance.Outcome.Verdict;
import dev.waggle.broker.conformance.device.Address;
import dev.waggle.broker.conformance.device.QuietLibrary;
import dev.waggle.broker.conformance.device.SentenceBroken;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;

/** Runs checks against one broker, a few at a time: mostly they wait. */
public final class Run {

    /** So many connect within the default rates of one address, and a small machine still answers within the patience. */
    private static final int AT_A_TIME = 4;

    private final Address address;
    private final Accounts accounts;

    @SuppressWarnings("unused") // only to be there
    private final QuietLibrary quiet = new QuietLibrary();

    public Run(Address address, Accounts accounts) {
        this.address = address;
        this.accounts = accounts;
    }

    /** Each outcome is told in the order of the checks, as soon as it and those before it are there. */
    public List<Outcome> all(List<Check> checks, Consumer<Outcome> told) throws InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(AT_A_TIME);
        try {
            List<BlockingQueue<Outcome>> pending = new ArrayList<>();
            for (Check check : checks) {
                BlockingQueue<Outcome> outcome = new ArrayBlockingQueue<>(1);
                pending.add(outcome);
                threads.execute(() -> outcome.add(outcome(check)));
            }
            List<Outcome> outcomes = new ArrayList<>();
            for (BlockingQueue<Outcome> next : pending) {
                Outcome outcome = next.take();
                told.accept(outcome);
                outcomes.add(outcome);
            }
            return outcomes;
        } finally {
            threads.shutdownNow();
        }
    }

    private Outcome outcome(Check check) {
        try (Stage stage = new Stage(address, accounts)) {
            check.body().run(stage);
            return new Outcome(check, Verdict.PASS, "");
        } catch (Lacking lacking) {
            return new Outcome(check, Verdict.SKIPPED, words(lacking));
        } catch (SentenceBroken broken) {
            return new Outcome(check, Verdict.FAIL, words(broken));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new Outcome(check, Verdict.SKIPPED, "interrupted");
        } catch (Exception ended) {
            // The library's: no answer in time, a connection that ended, JSON that is none.
            return new Outcome(check, Verdict.FAIL, ended.getClass().getSimpleName() + ": " + words(ended));
        }
    }

    private static String words(Exception thrown) {
        String message = String.valueOf(thrown.getMessage());
        Throwable cause = thrown.getCause();
        return cause == null ? message : message + " (" + cause.getMessage() + ")";
    }
}
