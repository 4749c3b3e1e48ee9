/**
 * The port to the medium: ordered tables, the schema of their keys, the form of their rows.
 *
 * <p>The key tree. {@code 0} is a NUL byte, {@code #8} a number of eight bytes, big-endian, {@code #2} of two. {@code
 * conv} is {@code 'd' low 0 high 0} or {@code 'g' group 0}. Keys are made by {@link
 * dev.waggle.store.storage.KeySchema} alone.
 *
 * <pre>
 * table   key                              value (class)                      written
 * ------  -------------------------------  ---------------------------------  --------------------------------
 * meta    "format"                         version of this tree               when the store is made
 *         "swept keys", "swept inboxes",
 *         "swept logs"                     first key of the next page         with each page that is swept
 * log     conv #8 seq                      Event.LogEntry                     once; edited, erased; trimmed from the low end
 * inbox   user 0 #8 position               InboxRow: Pointer or Gap           once; trimmed from the low end
 * keys    conv author 0 'm'|'c' key        KeyRow                             once per idempotency key; swept when old
 * heads   'g' group                        GroupRow                           when members or settings change
 *         'm' group                        when marks of it last changed      with a Mark of the group
 *         'o' user                         OutboxRow                          a push becomes due, or is done with
 *         'r' kind 0 key                   RecordRow                          Command.PutRecord: accounts, tokens …
 *         's' user                         nothing: the user is shadowed      a moderator says so
 *         'u' user 0 'b'                   UserSettings                       block, unblock, me.settings
 *         'u' user 0 'c' device            DeviceProgress, the cursor         often, unsynced
 *         'u' user 0 'd' device            DeviceRow                          connect, subscribe, disconnect
 *         'u' user 0 'i'                   InboxMeta                          seldom
 *         'u' user 0 'p' device 0 #2 id    PacketRow                          QoS 2: PUBLISH to PUBREL
 *         'u' user 0 'q' device            RecordRow                          push.register, push.unregister
 *         'u' user 0 's'                   StartsRow                          with a conversation's first message
 *         'u' user 0 'v' d/peer|g/group    Mark                               first entry, delivered, read
 *         'u' user 0 'w' d/peer|g/group    OwnSettings                        message.delete for me, mute
 *         'u' user 0 'x' d/peer|g/group    UrgentRow                          with each message of high priority
 * </pre>
 *
 * <p>Not stored, because the end of a range tells it: the last seq and time of a conversation ({@code log}), the last
 * position of an inbox ({@code inbox}, or {@code InboxMeta.firstPosition - 1} when every entry was trimmed).
 */
@NullMarked
package dev.waggle.store.storage;

import org.jspecify.annotations.NullMarked;
