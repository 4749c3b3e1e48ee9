package dev.waggle.broker.wiring;

import dagger.Module;
import dagger.Provides;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.InstantSource;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import javax.inject.Singleton;

/** The one clock, the one timer, the one source of randomness. */
@Module
interface TimeModule {

    @Provides
    @Singleton
    static InstantSource clock() {
        return Clock.systemUTC();
    }

    @Provides
    @Singleton
    static SecureRandom random() {
        return new SecureRandom();
    }

    @Provides
    @Singleton
    static ScheduledThreadPoolExecutor timer() {
        ScheduledThreadPoolExecutor timer = new ScheduledThreadPoolExecutor(1, new NamedThreads("timer"));
        timer.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        timer.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
        return timer;
    }
}
