package dev.courant.mercure;

import static dev.courant.settings.SettingCatalogue.MERCURE_SUBSCRIPTIONS;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.courant.auth.AccessFilter;
import dev.courant.auth.AccessPolicy;
import dev.courant.auth.TopicAction;
import dev.courant.event.Event;
import dev.courant.http.ProblemException;
import dev.courant.http.ResponseHeader;
import dev.courant.hub.Hub;
import dev.courant.stream.TokenStreams;
import dev.courant.urlpattern.PercentDecoder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.json.JsonObject;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import java.net.URLEncoder;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * The resource {@code /.well-known/mercure/subscriptions}: lists all active subscriptions or those of one matcher, and
 * returns or ends a single one. The token must grant the topic whose name is the path of the request.
 */
@Path("mercure/subscriptions")
@ApplicationScoped
public class SubscriptionsResource {

    private static final String ROOT = "/subscriptions";
    private static final int MAX_PAGE_SIZE = 1000;

    @Inject
    private Hub hub;

    @Inject
    private HubAddress address;

    @Inject
    private MercureProtocol protocol;

    @Inject
    private SubscriptionDocuments documents;

    @Inject
    private SubscriptionRegistry registry;

    @Inject
    private AccessPolicy accessPolicy;

    @Inject
    private TokenStreams tokenStreams;

    @GET
    public Response listAll(
            @Context HttpServletRequest request,
            @QueryParam("after") @DefaultValue("") String after,
            @QueryParam("limit") @DefaultValue("100") String limit) {
        return list(request, after, limit);
    }

    /**
     * Returns a page of the subscriptions below a path, or a single subscription.
     *
     * @param after the sort key of the last subscription of the previous page, from the member {@code next}
     */
    @GET
    @Path("{matcher: .+}")
    public Response list(
            @Context HttpServletRequest request,
            @QueryParam("after") @DefaultValue("") String after,
            @QueryParam("limit") @DefaultValue("100") String limit) {
        SubscriptionPath path = authorize(request, TopicAction.SUBSCRIBE);
        String lastEventId =
                hub.newestId().offset() == 0 ? Event.EARLIEST : hub.newestId().toString();
        if (path.isSingle()) {
            return respond(documents.describeOne(path.find(), lastEventId), lastEventId);
        }
        int pageSize = parseLimit(limit);
        List<ActiveSubscription> found = registry.list(after, pageSize + 1, path.filter);
        boolean hasNext = found.size() > pageSize;
        List<ActiveSubscription> page = hasNext ? found.subList(0, pageSize) : found;
        String next = hasNext
                ? path.text + "?limit=" + pageSize + "&after="
                        + URLEncoder.encode(page.get(pageSize - 1).sortKey(), UTF_8)
                : null;
        return respond(documents.describePage(path.text, page, lastEventId, next), lastEventId);
    }

    /** Closes the stream of a subscription and all other streams of its token, and revokes the token. */
    @DELETE
    @Path("{subscription: .+}")
    public Response end(@Context HttpServletRequest request) {
        SubscriptionPath path = authorize(request, TopicAction.KICK);
        if (!path.isSingle()) {
            throw new ProblemException(
                    405, "Only a single subscription can be deleted. Add the subscriber to the path.");
        }
        ActiveSubscription subscription = path.find();
        if (subscription.token() != null) {
            tokenStreams.revoke(subscription.token(), subscription.expires());
        }
        subscription.close().run();
        return Response.noContent().build();
    }

    private SubscriptionPath authorize(HttpServletRequest request, TopicAction action) {
        if (!registry.isEnabled()) {
            throw new ProblemException(
                    404, "Active subscriptions are disabled. To enable them, set " + MERCURE_SUBSCRIPTIONS + "=true.");
        }
        SubscriptionPath path = new SubscriptionPath(readSegments(request.getRequestURI()));
        accessPolicy.check(AccessFilter.getRights(request), action, path.text);
        return path;
    }

    /**
     * Returns the non-empty segments after {@code /subscriptions}. It splits the path before decoding it, so that {@code %2F}
     * does not separate segments.
     */
    private static List<String> readSegments(String path) {
        int end = path.indexOf(ROOT) + ROOT.length();
        return Stream.of(path.substring(Math.min(end, path.length())).split("/"))
                .filter(segment -> !segment.isEmpty())
                .map(PercentDecoder::decode)
                .toList();
    }

    private Response respond(JsonObject document, String lastEventId) {
        ResponseHeader link = address.linkHeader("; last-event-id=\"" + lastEventId + '"'
                + (protocol.eventType() == null ? "" : "; type=\"" + protocol.eventType() + '"')
                + "; content-type=\"" + protocol.documentType() + '"');
        ResponseHeader tag = ResponseHeader.etag(lastEventId);
        return Response.ok(document.toString(), protocol.documentType())
                .header(link.name(), link.value())
                .header(tag.name(), tag.value())
                .header(ResponseHeader.PRIVATE.name(), ResponseHeader.PRIVATE.value())
                .build();
    }

    private static int parseLimit(String limit) {
        try {
            int pageSize = Integer.parseInt(limit);
            if (pageSize >= 1 && pageSize <= MAX_PAGE_SIZE) {
                return pageSize;
            }
        } catch (NumberFormatException notANumber) {
            // The code below rejects it in the same way as a number out of range.
        }
        throw new ProblemException(400, "The parameter limit is not a number from 1 to " + MAX_PAGE_SIZE + '.');
    }

    /** The path of a request. It names all subscriptions, those of one matcher, or a single one. */
    private final class SubscriptionPath {

        private final List<String> segments;
        private final String text;
        private final Predicate<ActiveSubscription> filter;

        SubscriptionPath(List<String> segments) {
            this.segments = segments;
            text = documents.toPath(segments);
            int matcherSegments = protocol.matcherSegmentCount();
            if (!segments.isEmpty() && segments.size() != matcherSegments && segments.size() != matcherSegments + 1) {
                throw new ProblemException(
                        404,
                        "There is no resource at this path. Add a matcher, or a matcher and a subscriber, to the path.");
            }
            filter = subscription -> segments.isEmpty()
                    || (protocol.toPathSegments(subscription.matcher()).equals(segments.subList(0, matcherSegments))
                            && (!isSingle() || segments.get(matcherSegments).equals(subscription.subscriber())));
        }

        boolean isSingle() {
            return segments.size() > protocol.matcherSegmentCount();
        }

        ActiveSubscription find() {
            ActiveSubscription found = registry.find(segments.get(segments.size() - 1), filter);
            if (found == null) {
                throw new ProblemException(404, "The subscription does not exist or has ended.");
            }
            return found;
        }
    }
}
