package dev.courant.mercure;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.courant.auth.AccessFilter;
import dev.courant.auth.AccessPolicy;
import dev.courant.auth.AccessRights;
import dev.courant.auth.TopicAction;
import dev.courant.event.Event;
import dev.courant.http.ProblemException;
import dev.courant.http.ResponseHeader;
import dev.courant.hub.Hub;
import dev.courant.stream.TokenStreams;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.util.List;
import java.util.function.Predicate;

/**
 * {@code /.well-known/mercure/subscriptions}: all active subscriptions, those of one matcher, or one, which can be ended.
 * The address that is asked for is the topic that has to be granted.
 */
@Path("mercure/subscriptions")
@RequestScoped
public class SubscriptionsResource {

    private static final int MOST = 1000;

    @Inject
    private Hub hub;

    @Inject
    private HubAddress address;

    @Inject
    private MercureProtocol dialect;

    @Inject
    private SubscriptionDocuments documents;

    @Inject
    private SubscriptionRegistry active;

    @Inject
    private AccessPolicy gate;

    @Inject
    private TokenStreams visits;

    @GET
    public Response all(
            @Context HttpServletRequest request,
            @QueryParam("after") @DefaultValue("") String after,
            @QueryParam("limit") @DefaultValue("100") String limit) {
        return some(request, after, limit);
    }

    /** @param after the place before the first, as the address of the next page has it */
    @GET
    @Path("{matcher: .+}")
    public Response some(
            @Context HttpServletRequest request,
            @QueryParam("after") @DefaultValue("") String after,
            @QueryParam("limit") @DefaultValue("100") String limit) {
        Requested requested = requested(request, TopicAction.SUBSCRIBE);
        String last =
                hub.newestId().offset() == 0 ? Event.EARLIEST : hub.newestId().toString();
        if (requested.isOne()) {
            return respond(documents.alone(requested.find(), last), last);
        }
        int most = most(limit);
        List<ActiveSubscription> page = active.page(after, most + 1, requested.chosen);
        boolean more = page.size() > most;
        List<ActiveSubscription> shown = more ? page.subList(0, most) : page;
        String next = more
                ? requested.address + "?limit=" + most + "&after="
                        + URLEncoder.encode(shown.get(most - 1).place(), UTF_8)
                : null;
        return respond(documents.collection(requested.address, shown, last, next), last);
    }

    /** Ends the stream that a subscription belongs to, with all others of its token, which is refused from now on. */
    @DELETE
    @Path("{subscription: .+}")
    public Response end(@Context HttpServletRequest request) {
        Requested requested = requested(request, TopicAction.KICK);
        if (!requested.isOne()) {
            throw new ProblemException(405, "Only a single subscription can be ended.");
        }
        ActiveSubscription subscription = requested.find();
        if (subscription.token() != null) {
            visits.revoke(subscription.token(), subscription.expires());
        }
        subscription.close().run();
        return Response.noContent().build();
    }

    private Requested requested(HttpServletRequest request, TopicAction action) {
        if (!active.areWanted()) {
            throw new ProblemException(
                    404,
                    "Active subscriptions are not kept here, unless courant.mercure.subscriptions is set to true.");
        }
        Requested requested = new Requested(RawRequestPath.segmentsBelow(request, "/subscriptions"));
        AccessRights access = AccessFilter.of(request);
        if (action == TopicAction.KICK) {
            gate.kick(access, requested.address);
        } else {
            gate.read(access, requested.address);
        }
        return requested;
    }

    private Response respond(JsonObject document, String last) {
        ResponseHeader link = address.link("; last-event-id=\"" + last + '"'
                + (dialect.eventType() == null ? "" : "; type=\"" + dialect.eventType() + '"')
                + "; content-type=\"" + dialect.documentType() + '"');
        return Response.ok(document.toString(), dialect.documentType())
                .header(link.name(), link.value())
                .header(HttpHeaders.ETAG, "\"" + last + "\"")
                .header(ResponseHeader.PRIVATE.name(), ResponseHeader.PRIVATE.value())
                .build();
    }

    private static int most(String limit) {
        try {
            int most = Integer.parseInt(limit);
            if (most >= 1 && most <= MOST) {
                return most;
            }
        } catch (NumberFormatException notANumber) {
            // The same answer as for one out of range.
        }
        throw new ProblemException(400, "The limit of a page is a number from 1 to " + MOST + ".");
    }

    /** What an address asks for: everything, a matcher's, or one. */
    private final class Requested {

        private final List<String> segments;
        private final String address;
        private final Predicate<ActiveSubscription> chosen;

        Requested(List<String> segments) {
            this.segments = segments;
            address = documents.address(segments);
            int matcher = dialect.matcherSegments();
            if (!segments.isEmpty() && segments.size() != matcher && segments.size() != matcher + 1) {
                throw new ProblemException(404, "There is no resource at this path.");
            }
            chosen = subscription -> segments.isEmpty()
                    || (dialect.segments(subscription.matcher()).equals(segments.subList(0, matcher))
                            && (!isOne() || segments.get(matcher).equals(subscription.subscriber())));
        }

        boolean isOne() {
            return segments.size() > dialect.matcherSegments();
        }

        ActiveSubscription find() {
            ActiveSubscription found = active.at(segments.get(segments.size() - 1), chosen);
            if (found == null) {
                throw new ProblemException(404, "There is no such subscription any more.");
            }
            return found;
        }
    }
}
