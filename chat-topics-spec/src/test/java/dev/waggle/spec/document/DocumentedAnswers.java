package dev.waggle.spec.document;

import dev.waggle.spec.Author;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.ConversationId;
import dev.waggle.spec.ConversationName;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.GroupId;
import dev.waggle.spec.Limits;
import dev.waggle.spec.UserId;
import dev.waggle.spec.call.CallResult;
import dev.waggle.spec.codec.MessagesJson;
import dev.waggle.spec.message.Activity;
import dev.waggle.spec.message.Answer;
import dev.waggle.spec.message.Event;
import dev.waggle.spec.message.GroupSettings;
import dev.waggle.spec.message.HistoryPolicy;
import dev.waggle.spec.message.JoinPolicy;
import dev.waggle.spec.message.Member;
import dev.waggle.spec.message.MemberRole;
import dev.waggle.spec.message.MessageProperties;
import dev.waggle.spec.message.OwnSettings;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Reply;
import dev.waggle.spec.message.Standings;
import dev.waggle.spec.message.UserSettings;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The answers that PROTOCOL.md shows, as values. */
final class DocumentedAnswers {
    private static final UserId ALICE = new UserId("alice");
    private static final UserId BOB = new UserId("bob");
    private static final UserId DAVE = new UserId("dave");
    private static final GroupId TEAM = new GroupId("team");
    private static final long TIME = 1_790_000_000_000L;

    static final List<MessagesJson.Told> MESSAGES = List.of(
            new MessagesJson.Told("n-1", Answer.of(new Reply.Sent(12, TIME))),
            new MessagesJson.Told(
                    "n-2", Answer.refused(Refusal.NOT_MEMBER, "no such group, or you are not a member of it")));

    private static final String SETTINGS =
            "{'quiet':{'from':'22:00','to':'07:00','zone':'Europe/Berlin','days':['mon','tue','wed','thu','fri'],"
                    + "'mode':'hold'},'doNotDisturbUntil':0,'elsewhere':'delay','elsewhereSeconds':30,"
                    + "'mentionsBreakMute':false,'callsBreakQuiet':false,'privacy':'sender','applicationServerKey':"
                    + "'BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8'}";

    private DocumentedAnswers() {}

    private static CallResult pushed(String json) {
        return new CallResult.Push(Bytes.utf8(json.replace('\'', '"')));
    }

    static CallResult of(String method) {
        return switch (method) {
            case "group.create" -> new CallResult.GroupCreated(TEAM, 1);
            case "group.add" -> new CallResult.GroupAdded(List.of(DAVE), 2);
            case "group.remove" -> new CallResult.GroupRemoved(List.of(DAVE), 3);
            case "group.leave" -> new CallResult.GroupChanged(4);
            case "group.update" -> new CallResult.GroupChanged(5);
            case "group.role" -> new CallResult.GroupChanged(6);
            case "group.invite" -> new CallResult.GroupInvited(List.of(new UserId("erin")), 7);
            case "group.join" -> new CallResult.GroupJoined(true, 8);
            case "group.decline" -> new CallResult.GroupChanged(9);
            case "group.refuse" -> new CallResult.GroupRefused(List.of(new UserId("frank")), 10);
            case "group.mute" -> new CallResult.GroupChanged(11);
            case "group.ban" -> new CallResult.GroupChanged(12);
            case "group.unban" -> new CallResult.GroupChanged(13);
            case "group.delete" -> new CallResult.GroupChanged(14);
            case "group.info" ->
                new CallResult.GroupInfo(
                        TEAM,
                        new GroupSettings("Weekend", "Where we go", null, JoinPolicy.APPROVAL, HistoryPolicy.JOINING),
                        MemberRole.OWNER,
                        List.of(
                                new Member(ALICE, MemberRole.OWNER, TIME, 1),
                                new Member(BOB, MemberRole.MEMBER, TIME, 1)),
                        new Standings(
                                at("mallory", TIME), at("erin", TIME), at("frank", TIME), at("bob", TIME + 600_000)),
                        null);
            case "message.edit" -> new CallResult.MessageEdited(13, TIME);
            case "message.delete" -> new CallResult.MessagesDeleted(3, 14);
            case "device.list" ->
                new CallResult.Devices(List.of(
                        new CallResult.Device(new DeviceId("laptop"), true, false, TIME, 0, false),
                        new CallResult.Device(new DeviceId("phone"), false, true, TIME, TIME + 2_592_000_000L, true)));
            case "device.forget" -> new CallResult.DeviceForgotten(true);
            case "message.report" -> new CallResult.Reported("k7w2m4qxtzbd5a");
            case "mute" -> new CallResult.Muted(TIME + 600_000, OwnSettings.Level.MENTIONS);
            case "inbox" ->
                new CallResult.Inbox(
                        List.of(new CallResult.Conversation(
                                new ConversationName.Peer(BOB),
                                12,
                                TIME,
                                12,
                                10,
                                1,
                                TIME + 600_000,
                                OwnSettings.Level.MENTIONS)),
                        new ConversationName.Peer(BOB));
            case "history" -> new CallResult.History(history(), 1, 12, 7L);
            case "block", "me.settings" ->
                new CallResult.Settings(new UserSettings(Set.of(new UserId("mallory")), false, true, true));
            case "presence.watch" ->
                new CallResult.PresenceWatch(List.of(new CallResult.Seen(BOB, Activity.OFFLINE, TIME)), TIME + 300_000);
            case "unblock" -> new CallResult.Settings(new UserSettings(Set.of(), false, true, true));
            case "me" ->
                new CallResult.Me(
                        ALICE, new DeviceId("phone"), List.of("user"), 1_790_000_900, Limits.defaults(), TIME);
            case "push.register" -> pushed("{'device':'phone','registered':true}");
            case "push.unregister" -> pushed("{'device':'phone','registered':false}");
            // The push bridge, whose words these are, holds the document to its code in a test of its own.
            case "push.settings" -> pushed(SETTINGS);
            default -> throw new IllegalArgumentException("no answer is known for " + method);
        };
    }

    private static SortedMap<UserId, Long> at(String user, long time) {
        return new TreeMap<>(Map.of(new UserId(user), time));
    }

    private static List<Event.LogEntry> history() {
        ConversationId.Group team = new ConversationId.Group(TEAM);
        return List.of(
                new Event.MessageStored(
                        team,
                        7,
                        TIME + 123,
                        Author.of(ALICE),
                        null,
                        new MessageProperties("text/plain", true, 0, List.of()),
                        Bytes.utf8("hello")),
                new Event.MessageStored(
                        team,
                        8,
                        TIME + 456,
                        new Author(ALICE, new UserId("billing")),
                        null,
                        MessageProperties.NONE,
                        Bytes.wrap(new byte[] {(byte) 0xFF, 0})),
                new Event.MembersChanged(
                        team,
                        9,
                        TIME + 1000,
                        Author.of(ALICE),
                        null,
                        false,
                        null,
                        List.of(),
                        List.of(new UserId("carol")),
                        null),
                new Event.MessageErased(team, 10, TIME + 2000, Author.of(BOB), null, false));
    }
}
