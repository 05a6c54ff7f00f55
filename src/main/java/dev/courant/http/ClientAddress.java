package dev.courant.http;

import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where a request comes from: the nearest address that is not one of the operator's own proxies. What is further away in
 * {@code X-Forwarded-For} anyone can write there. Immutable.
 */
public final class ClientAddress {

    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})";

    /** An address as it is written: a name would be looked up. The sixth version has brackets before a port. */
    private static final Pattern LITERAL = Pattern.compile("(" + OCTET + "(?:\\." + OCTET
            + "){3}|\\[[0-9A-Fa-f:]+:[0-9A-Fa-f:.]+])(?::[0-9]+)?|[0-9A-Fa-f]*:[0-9A-Fa-f:.]+");

    /** Who has one address of the sixth version has this many bits of them. */
    private static final int SITE_BITS = 64;

    private final List<Network> proxies;

    private ClientAddress(List<Network> proxies) {
        this.proxies = proxies;
    }

    /**
     * Reads addresses and networks ({@code 10.0.0.0/8}), separated by commas.
     *
     * @throws IllegalArgumentException naming the part that is neither
     */
    public static ClientAddress behind(String proxies) {
        return new ClientAddress(Arrays.stream(proxies.split(","))
                .map(String::strip)
                .filter(network -> !network.isEmpty())
                .map(Network::of)
                .toList());
    }

    /**
     * The client's address, or its network where clients have a whole one; {@code null} if all that is known of it is
     * that it comes by way of a proxy.
     */
    public @Nullable String of(HttpServletRequest request) {
        List<String> hops = new ArrayList<>();
        for (String header : Collections.list(request.getHeaders("X-Forwarded-For"))) {
            hops.addAll(Arrays.asList(header.split(",")));
        }
        hops.add(request.getRemoteAddr());
        for (int i = hops.size() - 1; i >= 0; i--) {
            InetAddress hop = parse(hops.get(i).strip());
            if (hop == null) {
                return null;
            }
            if (proxies.stream().noneMatch(proxy -> proxy.has(hop))) {
                return key(hop);
            }
        }
        return null;
    }

    private static String key(InetAddress address) {
        return address instanceof Inet6Address
                ? new Network(address.getAddress(), SITE_BITS).toString()
                : address.getHostAddress();
    }

    private static @Nullable InetAddress parse(String text) {
        Matcher form =
                LITERAL.matcher(text.replaceFirst("%.*", "")); // which interface it came in by is not its address
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

    /** The addresses that begin with the same bits. */
    @SuppressWarnings("ArrayRecordComponent") // an address; compared by its bits alone
    private record Network(byte[] address, int bits) {

        static Network of(String text) {
            String[] parts = text.split("/", 2);
            InetAddress address = parse(parts[0]);
            int most = address == null ? 0 : address.getAddress().length * Byte.SIZE;
            boolean sized = parts.length == 1 || parts[1].matches("[0-9]{1,3}");
            int bits = parts.length == 1 || !sized ? most : Integer.parseInt(parts[1]);
            if (address == null || !sized || bits > most) {
                throw new IllegalArgumentException("'" + text + "' is neither an address nor a network");
            }
            return new Network(address.getAddress(), bits);
        }

        boolean has(InetAddress other) {
            byte[] bytes = other.getAddress();
            return bytes.length == address.length && Arrays.equals(first(bytes), first(address));
        }

        private byte[] first(byte[] of) {
            byte[] first = of.clone();
            for (int bit = bits; bit < of.length * Byte.SIZE; bit++) {
                first[bit / Byte.SIZE] &= (byte) ~(0x80 >> (bit % Byte.SIZE));
            }
            return first;
        }

        @Override
        public String toString() {
            try {
                return InetAddress.getByAddress(first(address)).getHostAddress() + '/' + bits;
            } catch (UnknownHostException impossible) {
                throw new IllegalStateException("an address has 4 or 16 bytes", impossible);
            }
        }
    }
}
