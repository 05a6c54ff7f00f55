package dev.courant.http;

import dev.courant.settings.IpNetwork;
import jakarta.servlet.http.HttpServletRequest;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the address of a client: the nearest address of the request that is not a configured proxy. Addresses further
 * away in {@code X-Forwarded-For} are ignored, since any client can forge them. Immutable.
 */
public final class ClientAddressResolver {

    /** An IPv6 client controls a whole /64 network, so all its addresses count as one. */
    private static final int IPV6_CLIENT_BITS = 64;

    private final List<IpNetwork> proxies;

    /** @param proxies the networks of the operator's own proxies */
    public ClientAddressResolver(List<IpNetwork> proxies) {
        this.proxies = List.copyOf(proxies);
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
            InetAddress hop = IpNetwork.parseAddress(hops.get(i).strip());
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
                ? new IpNetwork(address.getAddress(), IPV6_CLIENT_BITS).toString()
                : address.getHostAddress();
    }
}
