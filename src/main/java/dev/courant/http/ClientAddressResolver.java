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
 * Finds the address of a client: the nearest address of the request that is not a configured proxy. Addresses further
 * away in {@code X-Forwarded-For} are ignored, since any client can forge them. Immutable.
 */
public final class ClientAddressResolver {

    private static final String OCTET = "(?:25[0-5]|2[0-4][0-9]|1?[0-9]{1,2})";

    /** An IP literal. Names do not match, since they would be looked up. IPv6 addresses need brackets before a port. */
    private static final Pattern LITERAL = Pattern.compile("(" + OCTET + "(?:\\." + OCTET
            + "){3}|\\[[0-9A-Fa-f:]+:[0-9A-Fa-f:.]+])(?::[0-9]+)?|[0-9A-Fa-f]*:[0-9A-Fa-f:.]+");

    /** An IPv6 client controls a whole /64 network, so all its addresses count as one. */
    private static final int IPV6_CLIENT_BITS = 64;

    private final List<Network> proxies;

    private ClientAddressResolver(List<Network> proxies) {
        this.proxies = proxies;
    }

    /**
     * Parses {@code courant.proxies}: addresses and networks such as {@code 10.0.0.0/8}, separated by commas.
     *
     * @throws IllegalArgumentException if a part is neither
     */
    public static ClientAddressResolver of(String proxies) {
        return new ClientAddressResolver(Arrays.stream(proxies.split(","))
                .map(String::strip)
                .filter(network -> !network.isEmpty())
                .map(Network::of)
                .toList());
    }

    /**
     * Returns the client's IPv4 address or IPv6 /64 network.
     *
     * @return {@code null} if the request came from a proxy that did not name the client
     */
    public @Nullable String resolve(HttpServletRequest request) {
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
            if (proxies.stream().noneMatch(proxy -> proxy.contains(hop))) {
                return toKey(hop);
            }
        }
        return null;
    }

    private static String toKey(InetAddress address) {
        return address instanceof Inet6Address
                ? new Network(address.getAddress(), IPV6_CLIENT_BITS).toString()
                : address.getHostAddress();
    }

    private static @Nullable InetAddress parse(String text) {
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

    /** All addresses with a common prefix. */
    @SuppressWarnings("ArrayRecordComponent") // never compared as a record
    private record Network(byte[] address, int bits) {

        static Network of(String text) {
            String[] parts = text.split("/", 2);
            InetAddress address = parse(parts[0]);
            int maxBits = address == null ? 0 : address.getAddress().length * Byte.SIZE;
            boolean sized = parts.length == 1 || parts[1].matches("[0-9]{1,3}");
            int bits = parts.length == 1 || !sized ? maxBits : Integer.parseInt(parts[1]);
            if (address == null || !sized || bits > maxBits) {
                throw new IllegalArgumentException("'" + text
                        + "' is neither an IP address nor a network. Write for example 10.0.0.1 or 10.0.0.0/8.");
            }
            return new Network(address.getAddress(), bits);
        }

        boolean contains(InetAddress other) {
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
}
