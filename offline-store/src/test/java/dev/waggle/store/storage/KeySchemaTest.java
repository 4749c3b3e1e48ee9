package dev.waggle.store.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.waggle.spec.Author;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.GroupId;
import dev.waggle.spec.UserId;
import dev.waggle.spec.message.RecordKey;
import dev.waggle.spec.message.SendKey;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class KeySchemaTest {

    @Property
    void keys_ofOneRange_orderAsNumbersDo(
            @ForAll("conversations") ConversationId conversation,
            @ForAll("users") UserId user,
            @ForAll("numbers") long one,
            @ForAll("numbers") long other) {
        int expected = Long.signum(Long.compare(one, other));
        assertThat(order(KeySchema.log(conversation, one), KeySchema.log(conversation, other)))
                .isEqualTo(expected);
        assertThat(order(KeySchema.inbox(user, one), KeySchema.inbox(user, other)))
                .isEqualTo(expected);
        assertThat(LogRows.seq(KeySchema.log(conversation, one))).isEqualTo(one);
        assertThat(InboxRows.position(KeySchema.inbox(user, one))).isEqualTo(one);
    }

    @Property
    void logRange_holdsItsConversationOnly(
            @ForAll("conversations") ConversationId one,
            @ForAll("conversations") ConversationId other,
            @ForAll("numbers") long seq) {
        assertThat(KeySchema.log(one).contains(KeySchema.log(other, seq))).isEqualTo(one.equals(other));
    }

    @Property
    void inboxRange_holdsItsUserOnly(
            @ForAll("users") UserId one, @ForAll("users") UserId other, @ForAll("numbers") long position) {
        assertThat(KeySchema.inbox(one).contains(KeySchema.inbox(other, position)))
                .isEqualTo(one.equals(other));
    }

    @Property
    void userState_holdsAllButTheMarksOfItsUser(@ForAll("names") Names a, @ForAll("names") Names b) {
        KeyRange state = KeySchema.userState(a.user);
        boolean same = a.user.equals(b.user);
        assertThat(state.contains(KeySchema.inboxMeta(b.user))).isEqualTo(same);
        assertThat(state.contains(KeySchema.device(b.user, b.device))).isEqualTo(same);
        assertThat(state.contains(KeySchema.cursor(b.user, b.device))).isEqualTo(same);
        assertThat(state.contains(KeySchema.packet(b.user, b.device, 65_535))).isEqualTo(same);
        assertThat(state.contains(KeySchema.starts(b.user))).isEqualTo(same);
        assertThat(state.contains(KeySchema.mark(b.user, b.name()))).isFalse();
        assertThat(state.contains(KeySchema.group(b.group))).isFalse();
        assertThat(KeySchema.marks(a.user).contains(KeySchema.mark(b.user, b.name())))
                .isEqualTo(same);
        assertThat(KeySchema.devices(a.user).contains(KeySchema.device(b.user, b.device)))
                .isEqualTo(same);
        assertThat(KeySchema.cursors(a.user).contains(KeySchema.cursor(b.user, b.device)))
                .isEqualTo(same);
        assertThat(KeySchema.packets(a.user, a.device).contains(KeySchema.packet(b.user, b.device, 0)))
                .isEqualTo(same && a.device.equals(b.device));
    }

    @Property
    void records_holdTheirKindAndPrefixOnly(
            @ForAll("recordKeys") RecordKey one, @ForAll("recordKeys") RecordKey other, @ForAll("users") UserId user)
            throws StorageFailure {
        byte[] key = KeySchema.record(other);
        assertThat(KeySchema.recordKey(key)).isEqualTo(other);
        assertThat(KeySchema.records(one.kind(), Bytes.EMPTY).contains(key))
                .isEqualTo(one.kind().equals(other.kind()));
        assertThat(KeySchema.records(one.kind(), one.key()).contains(key))
                .isEqualTo(one.kind().equals(other.kind()) && begins(other.key(), one.key()));
        assertThat(KeySchema.userState(user).contains(key)).isFalse();
    }

    private static boolean begins(Bytes whole, Bytes prefix) {
        return whole.size() >= prefix.size()
                && Arrays.equals(whole.shared(), 0, prefix.size(), prefix.shared(), 0, prefix.size());
    }

    @Property
    void headsKeys_ofDifferentThings_differ(@ForAll("names") Names a, @ForAll("names") Names b) {
        List<byte[]> ofA = heads(a);
        List<byte[]> ofB = heads(b);
        for (int i = 0; i < ofA.size(); i++) {
            for (int j = 0; j < ofB.size(); j++) {
                boolean same = i == j && Objects.equals(identity(a, i), identity(b, j));
                assertThat(Arrays.equals(ofA.get(i), ofB.get(j)))
                        .as("%s and %s", KeyText.of(ofA.get(i)), KeyText.of(ofB.get(j)))
                        .isEqualTo(same);
            }
        }
    }

    @Property
    void idempotencyKeys_ofDifferentScopes_differ(@ForAll("scopes") Scope one, @ForAll("scopes") Scope other) {
        assertThat(Arrays.equals(one.bytes(), other.bytes())).isEqualTo(one.equals(other));
    }

    @Property
    void recordKey_ofAnyBytes_isOneOrDamage(@ForAll byte[] key) {
        try {
            assertThat(KeySchema.record(KeySchema.recordKey(key))).isEqualTo(key);
        } catch (StorageFailure damage) {
            assertThat(damage.kind()).isEqualTo(StorageFailure.Kind.DAMAGED);
        }
    }

    @Test
    void key_ofNegativeNumber_isRefused() {
        UserId user = new UserId("alice");
        assertThatThrownBy(() -> KeySchema.inbox(user, -1)).hasMessageContaining("must not be negative: -1");
        assertThatThrownBy(() -> KeySchema.packet(user, new DeviceId("phone"), 65_536))
                .hasMessageContaining("0…65535");
    }

    record Names(UserId user, DeviceId device, GroupId group, UserId peer) {
        ConversationName name() {
            return new ConversationName.Peer(peer);
        }
    }

    record Scope(ConversationId conversation, Author author, boolean call, SendKey key) {
        byte[] bytes() {
            return KeySchema.key(conversation, author, call, key);
        }
    }

    private static List<byte[]> heads(Names names) {
        return List.of(
                KeySchema.group(names.group),
                KeySchema.inboxMeta(names.user),
                KeySchema.device(names.user, names.device),
                KeySchema.cursor(names.user, names.device),
                KeySchema.packet(names.user, names.device, 7),
                KeySchema.mark(names.user, names.name()),
                KeySchema.mark(names.user, new ConversationName.InGroup(names.group)),
                KeySchema.outbox(names.user),
                KeySchema.shadowed(names.user));
    }

    private static Object identity(Names names, int kind) {
        return switch (kind) {
            case 0 -> names.group;
            case 1, 7, 8 -> names.user;
            case 5 -> List.of(names.user, names.peer);
            case 6 -> List.of(names.user, names.group);
            default -> List.of(names.user, names.device);
        };
    }

    private static int order(byte[] one, byte[] other) {
        return Integer.signum(Arrays.compareUnsigned(one, other));
    }

    @Provide
    Arbitrary<RecordKey> recordKeys() {
        return StoreArbitraries.recordKeys();
    }

    @Provide
    Arbitrary<Names> names() {
        return Combinators.combine(
                        StoreArbitraries.users(),
                        StoreArbitraries.devices(),
                        StoreArbitraries.groups(),
                        StoreArbitraries.users())
                .as(Names::new);
    }

    @Provide
    Arbitrary<Scope> scopes() {
        return Combinators.combine(
                        conversations(),
                        StoreArbitraries.authors(),
                        net.jqwik.api.Arbitraries.of(true, false),
                        StoreArbitraries.keys())
                .as(Scope::new);
    }

    @Provide
    Arbitrary<ConversationId> conversations() {
        return StoreArbitraries.conversations();
    }

    @Provide
    Arbitrary<UserId> users() {
        return StoreArbitraries.users();
    }

    @Provide
    Arbitrary<Long> numbers() {
        return StoreArbitraries.numbers();
    }
}
