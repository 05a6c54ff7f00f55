package dev.courant.check;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * The data of a published event, {@code <sequence> <micros> <noise>}: the noise follows from the topic, the sequence
 * number and the time, so that whoever receives it can tell that nothing was altered, and that it is of the topic,
 * without being told what was sent. Makes no garbage. Not for several threads: what was read last is kept.
 */
public final class Payload {

    /** The largest payload, and the smallest that has room for its numbers and enough noise to know them by. */
    public static final int MOST_BYTES = 1 << 16;

    public static final int LEAST_BYTES = 48;

    private static final int LEAST_NOISE = 8;
    private static final int OFFSETS = 1 << 16;
    private static final byte[] NOISE = noise();

    private final long salt;
    private long sequence;
    private long micros;

    public Payload(String topic) {
        long hash = 1125899906842597L;
        for (int i = 0; i < topic.length(); i++) {
            hash = 31 * hash + topic.charAt(i);
        }
        salt = mixed(hash);
    }

    /** Fills the array from an index to its end. */
    public void write(byte[] into, int from, long number, long time) {
        byte[] head = (number + " " + time + " ").getBytes(US_ASCII);
        int left = into.length - from - head.length;
        if (left < LEAST_NOISE || into.length - from > MOST_BYTES) {
            throw new IllegalArgumentException("a payload has " + LEAST_BYTES + " to " + MOST_BYTES + " bytes");
        }
        System.arraycopy(head, 0, into, from, head.length);
        System.arraycopy(NOISE, offset(number, time, left), into, from + head.length, left);
    }

    /** Whether these bytes are a payload of this topic, unaltered; then its numbers can be asked for. */
    public boolean read(byte[] bytes, int from, int to) {
        int space = number(bytes, from, to);
        sequence = micros;
        int noise = space < 0 ? -1 : number(bytes, space, to);
        if (noise < 0 || to - noise < LEAST_NOISE || to - from > MOST_BYTES) {
            return false;
        }
        int expected = offset(sequence, micros, to - noise);
        return Arrays.equals(bytes, noise, to, NOISE, expected, expected + to - noise);
    }

    public long sequence() {
        return sequence;
    }

    public long micros() {
        return micros;
    }

    /** Reads digits and the space after them; answers where that ends, or -1. */
    private int number(byte[] bytes, int from, int to) {
        long value = 0;
        int at = from;
        while (at < to && bytes[at] >= '0' && bytes[at] <= '9' && at - from < 18) {
            value = 10 * value + bytes[at++] - '0';
        }
        micros = value;
        return at == from || at == to || bytes[at] != ' ' ? -1 : at + 1;
    }

    /** The length counts too: what was cut short is not whole. */
    private int offset(long number, long time, int length) {
        return (int) (mixed(salt + 31 * (31 * (31 * number + time) + length)) >>> 48) & (OFFSETS - 1);
    }

    private static long mixed(long value) {
        long mixed = (value ^ (value >>> 33)) * 0xff51afd7ed558ccdL;
        return (mixed ^ (mixed >>> 29)) * 0xc4ceb9fe1a85ec53L;
    }

    private static byte[] noise() {
        SplittableRandom random = new SplittableRandom(1);
        byte[] noise = new byte[OFFSETS + MOST_BYTES];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (byte) ('a' + random.nextInt(26));
        }
        return noise;
    }
}
