package dev.courant.check;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The data of a published event, {@code <sequence> <micros> <noise>}. The noise is a function of the topic, the sequence
 * number and the time. So a receiver can verify the topic, and that the event was not altered. Reading allocates
 * nothing. Not thread-safe: an instance contains the numbers of the last payload that was read.
 */
public final class EventPayload {

    /** The sizes of the largest payload, and of the smallest with enough noise to verify it. */
    public static final int MAX_BYTES = 1 << 16;

    public static final int MIN_BYTES = 48;

    private static final int MIN_NOISE = 8;
    private static final int OFFSETS = 1 << 16;
    private static final byte[] NOISE = createNoise();

    private final long salt;
    private long sequence;
    private long micros;

    public EventPayload(String topic) {
        long hash = 1125899906842597L;
        for (int i = 0; i < topic.length(); i++) {
            hash = 31 * hash + topic.charAt(i);
        }
        salt = mix(hash);
    }

    /** Writes a payload into the array, from an index to its end. */
    public void write(byte[] into, int from, long number, long time) {
        byte[] head = (number + " " + time + " ").getBytes(US_ASCII);
        int left = into.length - from - head.length;
        if (left < MIN_NOISE || into.length - from > MAX_BYTES) {
            throw new IllegalArgumentException("a payload has " + MIN_BYTES + " to " + MAX_BYTES + " bytes");
        }
        System.arraycopy(head, 0, into, from, head.length);
        System.arraycopy(NOISE, findNoiseOffset(number, time, left), into, from + head.length, left);
    }

    /** Returns whether these bytes are an unaltered payload of this topic, and stores its numbers. */
    public boolean read(byte[] bytes, int from, int to) {
        int space = readNumber(bytes, from, to);
        sequence = micros;
        int noise = space < 0 ? -1 : readNumber(bytes, space, to);
        if (noise < 0 || to - noise < MIN_NOISE || to - from > MAX_BYTES) {
            return false;
        }
        int expected = findNoiseOffset(sequence, micros, to - noise);
        return Arrays.equals(bytes, noise, to, NOISE, expected, expected + to - noise);
    }

    public long sequence() {
        return sequence;
    }

    public long micros() {
        return micros;
    }

    /** Reads digits and a space, and returns the index after them, or -1. */
    private int readNumber(byte[] bytes, int from, int to) {
        long value = 0;
        int at = from;
        while (at < to && bytes[at] >= '0' && bytes[at] <= '9' && at - from < 18) {
            value = 10 * value + bytes[at++] - '0';
        }
        micros = value;
        return at == from || at == to || bytes[at] != ' ' ? -1 : at + 1;
    }

    /** Returns the start of the noise, which also depends on the length, so that truncated payloads are detected. */
    private int findNoiseOffset(long number, long time, int length) {
        return (int) (mix(salt + 31 * (31 * (31 * number + time) + length)) >>> 48) & (OFFSETS - 1);
    }

    private static long mix(long value) {
        long mixed = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
        return (mixed ^ (mixed >>> 29)) * 0xc4ceb9fe1a85ec53L;
    }

    private static byte[] createNoise() {
        SplittableRandom random = new SplittableRandom(1);
        byte[] noise = new byte[OFFSETS + MAX_BYTES];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (byte) ('a' + random.nextInt(26));
        }
        return noise;
    }
}
