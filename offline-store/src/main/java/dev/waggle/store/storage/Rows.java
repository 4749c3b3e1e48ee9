package dev.waggle.store.storage;

import dev.waggle.spec.codec.BinaryReader;
import dev.waggle.spec.codec.BinaryWriter;
import dev.waggle.spec.codec.GroupLayouts;
import dev.waggle.spec.codec.ReplyCodec;
import dev.waggle.spec.codec.SharedLayouts;
import dev.waggle.spec.message.DeviceProgress;
import dev.waggle.spec.message.GroupPatch;
import dev.waggle.spec.message.GroupSettings;
import dev.waggle.spec.message.Mark;
import dev.waggle.spec.message.OwnSettings;
import dev.waggle.spec.message.Standings;
import dev.waggle.spec.message.UserSettings;
import java.util.HashMap;
import java.util.Map;

/** The rows of {@link Table#KEYS} and {@link Table#HEADS}; of the others: {@link LogRows}, {@link InboxRows}. */
public final class Rows {
    /** {@link KeySchema#group}. */
    public static final RowCodec<GroupRow> GROUP = new RowCodec<>(
            "group row",
            (out, row) -> {
                GroupLayouts.settings(out, row.settings());
                out.list(row.members(), SharedLayouts::member);
                GroupLayouts.standings(out, row.standings());
            },
            in -> new GroupRow(
                    GroupSettings.USUAL.with(GroupPatch.named(in.maybeText())),
                    in.list(SharedLayouts::member),
                    Standings.NONE),
            in -> new GroupRow(GroupLayouts.settings(in), in.list(SharedLayouts::member), GroupLayouts.standings(in)));

    /** {@link KeySchema#key}. */
    public static final RowCodec<KeyRow> KEY = new RowCodec<>(
            "key row",
            (out, row) -> {
                out.number(row.expiresAt()).bytes(row.hash());
                ReplyCodec.write(out, row.reply());
            },
            in -> {
                long expiresAt = in.number();
                return new KeyRow(in.bytes(), ReplyCodec.read(in), expiresAt);
            });

    /** {@link KeySchema#inboxMeta}. */
    public static final RowCodec<InboxMeta> INBOX_META = new RowCodec<>(
            "inbox meta row",
            (out, row) -> {
                out.number(row.firstPosition());
                SharedLayouts.seqs(out, row.withheld());
                out.flag(row.everSeen()).flag(row.everDurable()).number(row.lastEpoch());
            },
            in -> new InboxMeta(in.number(), SharedLayouts.seqs(in), in.flag(), in.flag(), in.number()));

    /** {@link KeySchema#settings}; version 1 knew only what users decide. */
    public static final RowCodec<UserSettings> SETTINGS =
            new RowCodec<>("settings row", SharedLayouts::standing, SharedLayouts::settings, SharedLayouts::standing);

    /** {@link KeySchema#device}. */
    public static final RowCodec<DeviceRow> DEVICE = new RowCodec<>(
            "device row",
            (out, row) -> {
                out.number(row.epoch()).flag(row.subscribed()).list(row.filters(), SharedLayouts::filter);
                out.number(row.expirySeconds()).number(row.lastSeen()).number(row.onlineSince());
                out.list(row.ended().entrySet(), Rows::ended).number(row.marksAt());
            },
            in -> device(in, false),
            in -> device(in, true));

    /** {@link KeySchema#cursor}. */
    public static final RowCodec<DeviceProgress> CURSOR =
            new RowCodec<>("cursor row", SharedLayouts::progress, SharedLayouts::progress);

    /** {@link KeySchema#packet}. */
    public static final RowCodec<PacketRow> PACKET = new RowCodec<>(
            "packet row",
            (out, row) -> out.number(row.seq()).number(row.ts()),
            in -> new PacketRow(in.number(), in.number()));

    /** {@link KeySchema#starts}. */
    public static final RowCodec<StartsRow> STARTS = new RowCodec<>(
            "starts row",
            (out, row) -> out.number(row.since()).number(row.count()),
            in -> new StartsRow(in.number(), in.number()));

    /** {@link KeySchema#mark}; version 1 knew nothing of what others are told. */
    public static final RowCodec<Mark> MARK = new RowCodec<>(
            "mark row", SharedLayouts::mark, in -> Mark.of(in.number(), in.number(), in.number()), SharedLayouts::mark);

    /** {@link KeySchema#groupMarks}: Unix milliseconds. */
    public static final RowCodec<Long> GROUP_MARKS =
            new RowCodec<>("marks of a group", BinaryWriter::number, BinaryReader::number);

    /** {@link KeySchema#own}. */
    public static final RowCodec<OwnSettings> OWN =
            new RowCodec<>("own settings row", SharedLayouts::own, SharedLayouts::own);

    /** {@link KeySchema#urgent}. */
    public static final RowCodec<UrgentRow> URGENT =
            new RowCodec<>("urgent row", (out, row) -> out.number(row.position()), in -> new UrgentRow(in.number()));

    /** {@link KeySchema#push}: the registration, with its version. */
    public static final RowCodec<RecordRow> PUSH = new RowCodec<>(
            "push row",
            (out, row) -> out.number(row.version()).bytes(row.value()),
            in -> new RecordRow(in.number(), in.bytes()));

    /** {@link KeySchema#outbox}. */
    public static final RowCodec<OutboxRow> OUTBOX = new RowCodec<>(
            "outbox row",
            (out, row) -> SharedLayouts.handled(out.number(row.from()).number(row.at()), row.handled()),
            in -> new OutboxRow(in.number(), in.number(), SharedLayouts.handled(in)));

    /** {@link KeySchema#shadowed}: nothing but that it is there. */
    public static final RowCodec<Boolean> SHADOWED = new RowCodec<>("shadowed row", (out, row) -> {}, in -> true);

    /** {@link KeySchema#record}. */
    public static final RowCodec<RecordRow> RECORD = new RowCodec<>(
            "record row",
            (out, row) -> out.number(row.version()).bytes(row.value()),
            in -> new RecordRow(in.number(), in.bytes()));

    private Rows() {}

    /** Version 1 knew nothing of marks: then all are news. */
    private static DeviceRow device(BinaryReader in, boolean marks) {
        return new DeviceRow(
                in.number(),
                in.flag(),
                in.list(SharedLayouts::filter),
                in.number(),
                in.number(),
                in.number(),
                ended(in),
                marks ? in.number() : 0);
    }

    private static void ended(BinaryWriter out, Map.Entry<Long, Integer> times) {
        out.number(times.getKey()).number(times.getValue());
    }

    private static Map<Long, Integer> ended(BinaryReader in) {
        Map<Long, Integer> ended = new HashMap<>();
        for (Map.Entry<Long, Integer> one : in.list(from -> Map.entry(from.number(), from.number(Integer.MAX_VALUE)))) {
            ended.put(one.getKey(), one.getValue());
        }
        return ended;
    }
}
