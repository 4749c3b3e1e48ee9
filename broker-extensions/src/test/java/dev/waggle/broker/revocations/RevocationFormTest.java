package dev.waggle.broker.revocations;

import static org.assertj.core.api.Assertions.assertThat;

import dev.waggle.auth.revocation.Revocation;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.Parsed;
import dev.waggle.spec.UserId;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class RevocationFormTest {

    @Test
    void decode_cutShort_isAReason() {
        Revocation revocation = new Revocation.OfUser(new UserId("ann"), 1_700_000_000_000L);
        byte[] whole = RevocationForm.encode(revocation).shared();

        assertThat(RevocationForm.decode(Bytes.wrap(whole))).isEqualTo(Parsed.ok(revocation));
        for (int length = 0; length < whole.length; length++) {
            assertThat(RevocationForm.decode(Bytes.wrap(Arrays.copyOf(whole, length)))
                            .isOk())
                    .isFalse();
        }
    }

    @Property(tries = 1_000)
    void decode_anyBytes_isARevocationOrAReason(@ForAll byte[] bytes) {
        assertThat(RevocationForm.decode(Bytes.wrap(bytes))).isNotNull();
    }
}
