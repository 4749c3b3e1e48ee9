package dev.waggle.push.fcm;

import dev.waggle.push.Outcome;

/** Whether messages may be sent now. */
sealed interface Access {
    /** With this token, which is in no text form. */
    record Granted(String token) implements Access {
        @Override
        public String toString() {
            return "granted";
        }
    }

    /** Not; what that means for the push. */
    record Denied(Outcome outcome) implements Access {}
}
