package dev.courant.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** All IP addresses with a common prefix. A single address is a network, too. */
@SuppressWarnings("ArrayRecordComponent") // never compared as a record
public record IpNetwork(byte[] address, int bits) {

    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})";

    /** An IP literal. Names do not match, since they would be looked up. IPv6 addresses need brackets before a port. */
    private static final Pattern LITERAL = Pattern.compile("(" + OCTET + "(?:\\." + OCTET
            + "){3}|\\[[0-9A-Fa-f:]+:[0-9A-Fa-f:.]+])(?::[0-9]+)?|[0-9A-Fa-f]*:[0-9A-Fa-f:.]+");

    /** @throws IllegalArgumentException if the text is neither an address nor a network such as {@code 10.0.0.0/8} */
    public static IpNetwork parse(String text) {
        String[] parts = text.split("/", 2);
        InetAddress address = parseAddress(parts[0]);
        int maxBits = address == null ? 0 : address.getAddress().length * Byte.SIZE;
        boolean sized = parts.length == 1 || parts[1].matches("[0-9]{1,3}");
        int bits = parts.length == 1 || !sized ? maxBits : Integer.parseInt(parts[1]);
        if (address == null || !sized || bits > maxBits) {
            throw new IllegalArgumentException("neither an address nor a network: " + text);
        }
        return new IpNetwork(address.getAddress(), bits);
    }

    /** Returns the address without its port, or {@code null} if the text is not an address. */
    public static @Nullable InetAddress parseAddress(String text) {
        // The zone of an address, such as %eth0, names a local network interface.
        Matcher form = LITERAL.matcher(text.replaceFirst("%.*", ""));
        try {
            if (!form.matches()) {
                return null;
            }
            String beforePort = form.group(1);
            return InetAddress.getByName(beforePort == null ? form.group() : beforePort);
        } catch (UnknownHostException malformed) {
            return null;
        }
    }

    public boolean contains(InetAddress other) {
        byte[] bytes = other.getAddress();
        return bytes.length == address.length && Arrays.equals(mask(bytes), mask(address));
    }

    private byte[] mask(byte[] full) {
        byte[] masked = full.clone();
        for (int bit = bits; bit < full.length * Byte.SIZE; bit++) {
            masked[bit / Byte.SIZE] &= (byte) ~(0x80 >> (bit % Byte.SIZE));
        }
        return masked;
    }

    @Override
    public String toString() {
        try {
            return InetAddress.getByAddress(mask(address)).getHostAddress() + '/' + bits;
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an address has 4 or 16 bytes", impossible);
        }
    }
}
