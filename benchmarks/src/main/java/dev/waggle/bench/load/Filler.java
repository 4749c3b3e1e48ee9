package dev.waggle.bench.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.waggle.bench.target.WaggleFolder.Account;
import dev.waggle.bench.target.Waiting;
import dev.waggle.bench.wire.Connect;
import dev.waggle.bench.wire.Packet;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Fills a store through the front door: every user connects once and writes to the next one; some make a group of the
 * users after them first and write there too. A few hundred users are connected at a time.
 */
public final class Filler {
    private static final int AT_A_TIME = 200;

    private final Loop loop;
    private final InetSocketAddress address;
    private final List<Account> accounts;
    private final int groups;
    private final int members;
    private final int direct;
    private final int inGroup;
    private final byte[] payload = new byte[100];
    private final RandomBytes random;
    private int next;
    private volatile int finished;
    private volatile long acknowledged;
    private volatile String failure = "";

    /**
     * @param groups how many of the users make a group
     * @param members users in each, the maker included
     * @param direct messages of each user to the next
     * @param inGroup messages of each maker to its group
     */
    public Filler(
            Loop loop,
            InetSocketAddress address,
            List<Account> accounts,
            int groups,
            int members,
            int direct,
            int inGroup,
            long seed) {
        this.loop = loop;
        this.address = address;
        this.accounts = accounts;
        this.groups = groups;
        this.members = members;
        this.direct = direct;
        this.inGroup = inGroup;
        this.random = new RandomBytes(seed);
    }

    /** @return messages that were acknowledged */
    public long fill(Duration limit) {
        loop.execute(() -> IntStream.range(0, AT_A_TIME).forEach(i -> another()));
        Waiting.until("the store is filled", limit, () -> {
            loop.check();
            if (!failure.isEmpty()) {
                throw new IllegalStateException(failure);
            }
            return finished == accounts.size();
        });
        return acknowledged;
    }

    /** Users that are done. */
    public int finished() {
        return finished;
    }

    private void another() {
        if (next < accounts.size()) {
            new User(next++).open();
        }
    }

    private final class User implements ClientListener {
        private final int number;
        private final Account account;
        private final boolean maker;
        private int sentDirect;
        private int sentInGroup;
        private int waiting;

        User(int number) {
            this.number = number;
            this.account = accounts.get(number);
            this.maker = number % Math.max(1, accounts.size() / Math.max(1, groups)) == 0;
        }

        void open() {
            Connect connect = Connect.of(account.user() + "." + account.device(), account.user(), account.token());
            new LoadClient(loop, address, connect, this).open();
        }

        @Override
        public void connected(LoadClient client, Packet connack) {
            if (connack.reason() != 0) {
                failure = account.user() + ": CONNACK 0x" + Integer.toHexString(connack.reason()) + " "
                        + connack.reasonString();
            } else if (maker && groups > 0) {
                client.subscribe("u/" + account.user() + "/reply/#", 1);
            } else {
                sendMore(client);
            }
        }

        @Override
        public void subscribed(LoadClient client, Packet suback) {
            String others = IntStream.range(1, members)
                    .mapToObj(i -> "\"" + user(number + i) + "\"")
                    .collect(Collectors.joining(","));
            client.publish(
                    ("u/" + account.user() + "/call/group.create/g").getBytes(UTF_8),
                    ("{\"group\":\"g" + number + "\",\"members\":[" + others + "]}").getBytes(UTF_8));
            waiting++;
        }

        @Override
        public boolean arrived(LoadClient client, Packet publish) {
            String text = publish.payloadText();
            if (!text.contains("\"seq\"")) {
                failure = publish.topic() + ": " + text;
            }
            sendMore(client);
            return true;
        }

        @Override
        public void acknowledged(LoadClient client, Packet puback) {
            waiting--;
            if (puback.reason() != 0) {
                failure = account.user() + ": PUBACK 0x" + Integer.toHexString(puback.reason()) + " "
                        + puback.reasonString();
                return;
            }
            if (sentDirect > 0) {
                acknowledged = acknowledged + 1;
                sendMore(client);
            }
        }

        @Override
        public void closed(LoadClient client, String cause) {
            failure = account.user() + ": " + cause;
        }

        private void sendMore(LoadClient client) {
            int window = Math.min(32, client.receiveMaximum());
            while (waiting < window && sentDirect < direct) {
                sentDirect++;
                send(client, "d/" + user(number + 1));
            }
            while (waiting < window && maker && groups > 0 && sentInGroup < inGroup) {
                sentInGroup++;
                send(client, "g/g" + number);
            }
            if (waiting == 0) {
                client.close();
                finished = finished + 1;
                another();
            }
        }

        private void send(LoadClient client, String conversation) {
            random.fill(payload, 0);
            client.publish(("u/" + account.user() + "/out/" + conversation).getBytes(UTF_8), payload);
            waiting++;
        }

        private String user(int index) {
            return accounts.get(index % accounts.size()).user();
        }
    }
}
