package dev.waggle.broker.push;

import dev.waggle.push.guard.Backoff;
import dev.waggle.push.rules.Ledger;
import dev.waggle.push.rules.PushLimits;
import dev.waggle.push.rules.PushRules;
import dev.waggle.push.rules.ReadSync;
import dev.waggle.store.ChatStore;
import java.time.InstantSource;

/** What pushes are made with. */
public record PushParts(
        ChatStore store,
        LiveDevices live,
        PushLimits limits,
        PushRules rules,
        ReadSync readSync,
        Ledger ledger,
        Outlets outlets,
        Backoff backoff,
        PushSignals signals,
        PushJournal journal,
        DeadLetters letters,
        PushCounts counts,
        InstantSource clock) {}
