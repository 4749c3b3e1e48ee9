package dev.waggle.bench.target;

import dev.waggle.bench.target.WaggleFolder.Account;
import dev.waggle.bench.wire.Connect;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The real program with its store on disk, started by its own launcher. */
public final class Waggle implements Target {
    private static final String GROUP = "bench";

    private final WaggleFolder folder;
    private final List<Account> accounts;
    private final WaggleFolder.Running running;
    private boolean grouped;

    private Waggle(WaggleFolder folder, List<Account> accounts, WaggleFolder.Running running) {
        this.folder = folder;
        this.accounts = accounts;
        this.running = running;
    }

    /** @param users how many users get a token before the start */
    public static Waggle start(WaggleFolder folder, int users) {
        return start(folder, folder.accounts(users));
    }

    /** @param accounts tokens that the folder's issuer has signed */
    public static Waggle start(WaggleFolder folder, List<Account> accounts) {
        return new Waggle(folder, accounts, folder.start(0));
    }

    @Override
    public String name() {
        return "waggle";
    }

    @Override
    public InetSocketAddress address() {
        return new InetSocketAddress(
                InetAddress.getLoopbackAddress(), running.ready().mqtt());
    }

    @Override
    public BrokerProcess process() {
        return running.process();
    }

    public List<Account> accounts() {
        return accounts;
    }

    public WaggleFolder.Ready ready() {
        return running.ready();
    }

    public Path data() {
        return folder.data();
    }

    @Override
    public List<String> settings() {
        List<String> settings = new ArrayList<>(folder.javaOptions());
        settings.add(String.join(" ", folder.configuration()).replaceAll(" +", " "));
        settings.add("fsync before every PUBACK");
        return settings;
    }

    @Override
    public Connect connect(int number) {
        Account account = accounts.get(number);
        return Connect.of(account.user() + "." + account.device(), account.user(), account.token());
    }

    @Override
    public byte[] directTopic(int from, int to) {
        return utf8("u/" + user(from) + "/out/d/" + user(to));
    }

    @Override
    public String filter(int number) {
        return "u/" + user(number) + "/#";
    }

    @Override
    public boolean takesKeys() {
        return true;
    }

    @Override
    public Group group(int members) {
        if (!grouped) {
            List<String> users =
                    accounts.subList(0, members).stream().map(Account::user).toList();
            String others = String.join("\",\"", users.subList(1, users.size()));
            HttpCalls calls =
                    new HttpCalls(running.ready().http(), accounts.get(0).token());
            calls.call("group.create", "{\"group\":\"" + GROUP + "\",\"members\":[\"" + others + "\"]}");
            grouped = true;
        }
        return new Group(utf8("u/" + user(0) + "/out/g/" + GROUP), null);
    }

    private String user(int number) {
        return accounts.get(number).user();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        process().stop(Duration.ofSeconds(15));
    }
}
