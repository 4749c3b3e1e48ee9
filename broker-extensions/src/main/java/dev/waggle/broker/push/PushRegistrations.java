package dev.waggle.broker.push;

import dev.waggle.auth.Identity;
import dev.waggle.broker.call.PushCalls;
import dev.waggle.push.registration.PushSettings;
import dev.waggle.push.registration.PushSettingsJson;
import dev.waggle.push.registration.Registration;
import dev.waggle.push.registration.RegistrationJson;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.DeviceId;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.UserId;
import dev.waggle.spec.call.CallMethod;
import dev.waggle.spec.call.CallRequest;
import dev.waggle.spec.call.CallResult;
import dev.waggle.spec.codec.JsonForm;
import dev.waggle.spec.message.Command;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.message.Rejection;
import dev.waggle.spec.message.Reply;
import dev.waggle.store.ChatStore;
import dev.waggle.store.Outcome;
import dev.waggle.store.Ticket;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The calls {@code push.register}, {@code push.unregister} and {@code push.settings}. A device registers itself only, so the
 * token must name it. An address that somebody else registered before is taken from there first: a phone that was sold does
 * not ring for its old owner.
 */
public final class PushRegistrations implements PushCalls {
    private final ChatStore store;
    private final AddressBook addresses;
    private final PushSettingsRecords settings;
    private final Outlets outlets;
    private final @Nullable String applicationServerKey;
    private final InstantSource clock;

    /**
     * @param applicationServerKey what a browser needs to subscribe, or null if there is no Web Push
     */
    public PushRegistrations(
            ChatStore store, Outlets outlets, @Nullable String applicationServerKey, InstantSource clock) {
        this.store = store;
        this.addresses = new AddressBook(store, clock);
        this.settings = new PushSettingsRecords(store);
        this.outlets = outlets;
        this.applicationServerKey = applicationServerKey;
        this.clock = clock;
    }

    /** One call under way. */
    private record Call(UserId user, @Nullable DeviceId device, Consumer<CallResult> give, Consumer<Rejection> refuse) {
        void refuse(Refusal refusal, String message) {
            refuse.accept(Rejection.of(refusal, message));
        }
    }

    @Override
    public void call(
            Identity identity, CallRequest.Push request, Consumer<CallResult> give, Consumer<Rejection> refuse) {
        Call call = new Call(identity.user(), identity.device(), give, refuse);
        JsonForm form = request.cbor() ? JsonForm.CBOR : JsonForm.JSON;
        if (request.method() == CallMethod.PUSH_SETTINGS) {
            change(call, form, request.arguments());
        } else if (call.device == null) {
            call.refuse(Refusal.NOT_ALLOWED, "the token names no device; a device registers with a token of its own");
        } else if (request.method() == CallMethod.PUSH_REGISTER) {
            register(call, call.device, RegistrationJson.read(form, request.arguments(), clock.millis()));
        } else {
            keep(call, call.device, null);
        }
    }

    private void register(Call call, DeviceId device, Parsed<Registration> read) {
        if (read instanceof Parsed.Bad<Registration> bad) {
            call.refuse.accept(Rejection.badPayload(bad.reason()));
            return;
        }
        Registration registration = outlets.completed(read.get());
        if (outlets.of(registration.app(), registration.address()) instanceof Parsed.Bad<Outlet> none) {
            call.refuse(Refusal.NOT_FOUND, none.reason());
            return;
        }
        addresses.take(call.user, device, registration).whenComplete((taken, failure) -> {
            if (failure != null || !taken) {
                call.refuse(Refusal.UNAVAILABLE, "the server is busy; try again in a moment");
            } else {
                keep(call, device, RegistrationJson.encode(registration));
            }
        });
    }

    private void keep(Call call, DeviceId device, @Nullable Bytes registration) {
        Command command =
                new Command.KeepPush(call.user, device, Command.KeepPush.ANY_VERSION, registration, clock.millis());
        submit(call, ticket -> store.submit(this, command, ticket), reply -> {
            boolean registered = reply instanceof Reply.PushKept kept && kept.version() > 0;
            return Bytes.utf8("{\"device\":\"" + device + "\",\"registered\":" + registered + "}");
        });
    }

    private void change(Call call, JsonForm form, Bytes arguments) {
        settings.kept(call.user).whenComplete((kept, failure) -> {
            if (failure != null) {
                call.refuse(Refusal.UNAVAILABLE, "the store cannot be read now; try again");
                return;
            }
            Parsed<PushSettings> next = PushSettingsJson.patch(form, arguments, kept.settings());
            if (next instanceof Parsed.Bad<PushSettings> bad) {
                call.refuse.accept(Rejection.badPayload(bad.reason()));
            } else if (next.get().equals(kept.settings())) {
                call.give.accept(new CallResult.Push(answer(kept.settings())));
            } else {
                submit(
                        call,
                        ticket -> settings.put(call.user, kept.version(), next.get(), clock.millis(), ticket),
                        reply -> answer(next.get()));
            }
        });
    }

    private Bytes answer(PushSettings now) {
        return PushSettingsJson.write(JsonForm.JSON, now, applicationServerKey);
    }

    /** Submits a command, and answers with what is made of its reply. */
    private void submit(Call call, Predicate<Ticket> submission, Function<Reply, Bytes> answer) {
        boolean taken = submission.test(outcome -> {
            if (outcome instanceof Outcome.Accepted accepted) {
                call.give.accept(new CallResult.Push(answer.apply(accepted.reply())));
            } else if (outcome instanceof Outcome.Rejected rejected) {
                call.refuse.accept(rejected.rejection());
            } else {
                call.refuse(Refusal.FAILED, "it may or may not be stored; try again");
            }
        });
        if (!taken) {
            call.refuse(Refusal.UNAVAILABLE, "the server is busy; try again in a moment");
        }
    }
}
