package dev.waggle.bench.load;

import dev.waggle.bench.target.Target;
import dev.waggle.bench.wire.Connect;
import dev.waggle.bench.wire.Packet;
import java.net.InetAddress;
import java.util.Map;
import java.util.TreeMap;

/** CONNECTs with forged tokens at a fixed rate: each has everything but the signature, so each is verified. */
public final class BadConnects implements Abuser, ClientListener {
    private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

    private final Loop loop;
    private final Target target;
    private final Connect genuine;
    private final double perSecond;
    private final InetAddress from;
    private final boolean many;
    /** One, once the loop has made it: it asks from its own thread. */
    private Pacer[] pacer = {};

    private final Map<String, Integer> answers = new TreeMap<>();
    private long opened;

    /**
     * @param from an address of this machine
     * @param many true: the broker never bans that address, as if they came from many
     */
    public BadConnects(Loop loop, Target target, int user, double perSecond, InetAddress from, boolean many) {
        this.loop = loop;
        this.target = target;
        this.genuine = target.connect(user);
        this.perSecond = perSecond;
        this.from = from;
        this.many = many;
        loop.execute(() -> pacer = new Pacer[] {new Pacer(loop, perSecond, this::due)});
    }

    private void due() {
        for (long due = pacer[0].due(System.nanoTime()); opened < due; opened++) {
            new LoadClient(loop, target.address(), forged(opened), this)
                    .from(from)
                    .open();
        }
    }

    /** Another signature each time, so that no table of known tokens helps. */
    private Connect forged(long number) {
        StringBuilder token = new StringBuilder(String.valueOf(genuine.password()));
        long rest = number;
        for (int i = 0; i < 6; i++) {
            token.setCharAt(token.length() - 10 - i, ALPHABET.charAt((int) (rest % ALPHABET.length())));
            rest /= ALPHABET.length();
        }
        return Connect.of(genuine.clientId(), genuine.userName(), token.toString());
    }

    @Override
    public void connected(LoadClient client, Packet connack) {
        answers.merge("0x" + Integer.toHexString(connack.reason()), 1, Integer::sum);
        client.abort();
    }

    @Override
    public void closed(LoadClient client, String cause) {
        answers.merge(cause, 1, Integer::sum);
    }

    @Override
    public String manner() {
        return Math.round(perSecond * 60) + " forged CONNECTs a minute from "
                + (many ? "many addresses" : "one address");
    }

    @Override
    public boolean isOne() {
        return !many;
    }

    @Override
    public String outcome() {
        return loop.ask(answers::toString);
    }

    @Override
    public void close() {
        for (Pacer running : pacer) {
            running.close();
        }
    }
}
