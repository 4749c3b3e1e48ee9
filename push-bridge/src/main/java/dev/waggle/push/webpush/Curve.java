package dev.waggle.push.webpush;

import dev.waggle.spec.Bytes;
import dev.waggle.spec.Parsed;
import java.math.BigInteger;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECFieldFp;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.ECPoint;
import java.security.spec.ECPublicKeySpec;
import java.util.Arrays;

/** P-256 as the JDK knows it, and its points as 65 bytes: 4, x, y (SEC 1 §2.3.3, uncompressed). Immutable. */
public final class Curve {
    /** Size of a point. */
    public static final int POINT_BYTES = 65;

    private static final int COORDINATE_BYTES = 32;
    private static final byte UNCOMPRESSED = 4;

    private final ECParameterSpec parameters;
    private final BigInteger prime;

    public Curve() {
        try {
            AlgorithmParameters p256 = AlgorithmParameters.getInstance("EC");
            p256.init(new ECGenParameterSpec("secp256r1"));
            parameters = p256.getParameterSpec(ECParameterSpec.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime does not know P-256", e);
        }
        prime = ((ECFieldFp) parameters.getCurve().getField()).getP();
    }

    ECParameterSpec parameters() {
        return parameters;
    }

    /** Reads a public key of a stranger. A point off the curve would betray our half of the agreement. */
    public Parsed<ECPublicKey> point(Bytes bytes) {
        byte[] point = bytes.shared();
        if (point.length != POINT_BYTES || point[0] != UNCOMPRESSED) {
            return Parsed.bad("the key of the subscription must be an uncompressed point of P-256: " + POINT_BYTES
                    + " bytes, the first one 4");
        }
        BigInteger x = new BigInteger(1, Arrays.copyOfRange(point, 1, 1 + COORDINATE_BYTES));
        BigInteger y = new BigInteger(1, Arrays.copyOfRange(point, 1 + COORDINATE_BYTES, POINT_BYTES));
        if (x.compareTo(prime) >= 0 || y.compareTo(prime) >= 0 || !isOnCurve(x, y)) {
            return Parsed.bad("the key of the subscription is no point of P-256");
        }
        try {
            ECPublicKeySpec spec = new ECPublicKeySpec(new ECPoint(x, y), parameters);
            return Parsed.ok((ECPublicKey) KeyFactory.getInstance("EC").generatePublic(spec));
        } catch (GeneralSecurityException e) {
            return Parsed.bad("the key of the subscription is no key of P-256");
        }
    }

    /** y² = x³ + ax + b. The curve has no other subgroup, so this is all there is to check. */
    private boolean isOnCurve(BigInteger x, BigInteger y) {
        BigInteger right = x.pow(3)
                .add(parameters.getCurve().getA().multiply(x))
                .add(parameters.getCurve().getB());
        return y.pow(2).subtract(right).mod(prime).signum() == 0;
    }

    static byte[] bytes(ECPublicKey key) {
        byte[] point = new byte[POINT_BYTES];
        point[0] = UNCOMPRESSED;
        coordinate(key.getW().getAffineX(), point, 1);
        coordinate(key.getW().getAffineY(), point, 1 + COORDINATE_BYTES);
        return point;
    }

    /** Big-endian without a sign, with zeros in front. */
    private static void coordinate(BigInteger value, byte[] into, int at) {
        byte[] digits = value.toByteArray();
        int sign = digits.length > COORDINATE_BYTES ? digits.length - COORDINATE_BYTES : 0;
        int length = digits.length - sign;
        System.arraycopy(digits, sign, into, at + COORDINATE_BYTES - length, length);
    }
}
