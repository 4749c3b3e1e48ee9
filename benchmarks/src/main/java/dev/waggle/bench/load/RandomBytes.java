package dev.waggle.bench.load;

import java.util.SplittableRandom;

/** Incompressible bytes, cheap enough for every message: a window at a random place of a random block. */
public final class RandomBytes {
    private static final int BLOCK = 1 << 16;

    private final byte[] block = new byte[BLOCK];
    private final SplittableRandom random;

    public RandomBytes(long seed) {
        random = new SplittableRandom(seed);
        random.nextBytes(block);
    }

    /** Overwrites {@code target[from, end)}. */
    public void fill(byte[] target, int from) {
        int length = target.length - from;
        if (length > 0) {
            System.arraycopy(block, random.nextInt(BLOCK - length), target, from, length);
        }
    }
}
