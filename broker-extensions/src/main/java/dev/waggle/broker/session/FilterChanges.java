package dev.waggle.broker.session;

import dev.waggle.auth.Access;
import dev.waggle.auth.Identity;
import dev.waggle.broker.gateway.Connection;
import dev.waggle.broker.outbound.Errands;
import dev.waggle.broker.outbound.FilterSet;
import dev.waggle.broker.outbound.Outflow;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.RunsOn;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.DeviceProgress;
import dev.waggle.spec.message.Filter;
import dev.waggle.spec.message.Reply;
import dev.waggle.store.Outcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** SUBSCRIBE and UNSUBSCRIBE: first to disk, then in force, then on to the host, which answers. */
@RunsOn("connection")
final class FilterChanges {
    private static final int UNSPECIFIED_ERROR = 0x80;
    private static final int QUOTA_EXCEEDED = 0x97;

    /** Filters of a transient device; the store has the same limit for those that it keeps. */
    private static final int MOST_FILTERS = 256;

    private final Connection connection;
    private final Identity identity;
    private final Errands errands;
    private final Outflow outflow;
    private final SessionDoors doors;
    private final HostedFilters hosted = new HostedFilters();
    private final ArrayDeque<Change> waiting = new ArrayDeque<>(0);
    private int underWay;
    /** The device whose record keeps filters, or null for a transient one. */
    private @Nullable DeviceId keeper;

    private @Nullable DeviceProgress recordStart;

    /** @param askedBy whose rights it was held against */
    private record Change(Identity askedBy, List<Filter> add, List<String> remove, Runnable proceed) {
        UnaryOperator<FilterSet> step() {
            return filters -> filters.without(remove).with(add);
        }
    }

    FilterChanges(Connection connection, Errands errands, Outflow outflow, SessionDoors doors) {
        this.connection = connection;
        this.identity = connection.profile().identity();
        this.errands = errands;
        this.outflow = outflow;
        this.doors = doors;
    }

    /**
     * The device has a record.
     *
     * @param start where the device begins with its first SUBSCRIBE
     */
    void keep(DeviceId device, DeviceProgress start) {
        keeper = device;
        recordStart = start;
    }

    void subscribe(List<Filter> filters, Consumer<List<Filter>> proceed) {
        List<Filter> granted = granted(filters);
        boolean concerns = keeper != null
                || granted.stream().anyMatch(filter -> outflow.filters().isOwn(filter.topic()));
        change(
                new Change(connection.identity(), granted, List.of(), () -> proceed.accept(granted)),
                !granted.isEmpty() && concerns);
    }

    /** Those that the newest identity has a right to, with no higher QoS than it has. */
    private List<Filter> granted(List<Filter> filters) {
        List<Filter> granted = new ArrayList<>(filters.size());
        for (Filter filter : filters) {
            Access access = doors.inbound().access().subscribe(connection.identity(), filter.topic());
            if (access instanceof Access.Allowed allowed) {
                granted.add(filter.atMost(allowed.maxQos()));
            }
        }
        return granted;
    }

    void unsubscribe(List<String> topics, Runnable proceed) {
        change(new Change(connection.identity(), List.of(), List.copyOf(topics), proceed), keeper != null);
    }

    /**
     * The record's filters that the host serves, before they are in force again.
     *
     * @return those that the new identity has a right to; the record and the host's session forget the others
     */
    List<Filter> restored(List<Filter> kept) {
        hosted.restore(kept);
        HostedFilters.Loss loss = hosted.lose(this::granted);
        if (!loss.isNone()) {
            connection.restrict(loss.ended(), List.of());
            change(new Change(connection.identity(), loss.lowered(), loss.ended(), () -> {}), keeper != null);
        }
        return hosted.all();
    }

    /** The identity is another: what it has no right to ends now, in the host at once and then in the record. */
    void renewed() {
        HostedFilters.Loss loss = hosted.lose(this::granted);
        if (!loss.isNone()) {
            connection.restrict(loss.ended(), loss.lowered());
            change(new Change(connection.identity(), loss.lowered(), loss.ended(), () -> {}), keeper != null);
        }
    }

    private void applied(Change change) {
        hosted.change(change.add(), change.remove(), filter -> outflow.filters().isOwn(filter));
        change.proceed().run();
        if (!change.add().isEmpty() && change.askedBy() != connection.identity()) {
            renewed();
        }
    }

    private void change(Change change, boolean throughStore) {
        if (!throughStore && isIdle()) {
            outflow.changed(change.step(), null, null);
            applied(change);
            errands.wake();
            return;
        }
        waiting.add(change);
        work();
    }

    boolean isIdle() {
        return waiting.isEmpty() && underWay == 0;
    }

    boolean isWaiting() {
        return !waiting.isEmpty();
    }

    /** Hands on what waits, as far as the lane takes it. */
    void work() {
        Change change = waiting.peek();
        while (change != null) {
            Change next = change;
            Command command = new Command.ChangeFilters(
                    identity.user(),
                    keeper,
                    next.add(),
                    next.remove(),
                    doors.clock().millis());
            if (!doors.store().submit(connection, command, outcome -> errands.add(() -> decided(next, outcome)))) {
                return;
            }
            underWay++;
            waiting.remove();
            change = waiting.peek();
        }
    }

    private void decided(Change change, Outcome outcome) {
        underWay--;
        if (outcome instanceof Outcome.Accepted accepted && accepted.reply() instanceof Reply.FiltersChanged changed) {
            outflow.changed(change.step(), changed, change.add().isEmpty() ? null : start(changed));
            if (outflow.filters().size() > MOST_FILTERS) {
                connection.disconnect(QUOTA_EXCEEDED, "a device has at most " + MOST_FILTERS + " subscriptions");
                return;
            }
            applied(change);
        } else if (outcome instanceof Outcome.Rejected rejected) {
            connection.disconnect(
                    rejected.rejection().mqttReason(), rejected.rejection().message());
        } else if (!doors.inbound().stopping().getAsBoolean()) {
            connection.disconnect(UNSPECIFIED_ERROR, "the store failed: the filters may or may not be kept");
        }
    }

    private @Nullable DeviceProgress start(Reply.FiltersChanged changed) {
        DeviceProgress start = recordStart;
        if (identity.device() == null) {
            return null;
        }
        return start != null ? start : DeviceProgress.at(changed.inboxEnd());
    }
}
