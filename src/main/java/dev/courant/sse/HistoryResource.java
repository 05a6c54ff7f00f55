package dev.courant.sse;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.courant.auth.AccessFilter;
import dev.courant.event.EventEnvelope;
import dev.courant.event.Topic;
import dev.courant.event.TopicSelection;
import dev.courant.http.FormParameters;
import dev.courant.http.ProblemException;
import dev.courant.http.ResponseHeader;
import dev.courant.http.StorageProblems;
import dev.courant.hub.HistoryPage;
import dev.courant.hub.Hub;
import dev.courant.log.LogEntry;
import dev.courant.log.LogUnavailableException;
import dev.courant.stream.StreamParameters;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.inject.Named;
import jakarta.json.Json;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HEAD;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.ByteArrayOutputStream;
import java.net.URLEncoder;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.Semaphore;

/**
 * The resource of {@code GET /sse}, {@code GET /sse/{topic}} and {@code GET /sse?topic=} for clients that accept JSON: a page
 * of the retained events. A page is small and read on the request thread, so that slow clients do not occupy the threads that
 * read the history for streams.
 */
@Path("/")
@ApplicationScoped
public class HistoryResource {

    /** The media type, less preferred than a stream by a client that accepts both. */
    private static final String JSON = MediaType.APPLICATION_JSON + ";qs=0.5";

    private static final String DEFAULT_LIMIT = "100";

    /** The maximum number of pages that are read at the same time. */
    private static final int MAX_READS = 16;

    /** The maximum length of a {@code Link} header. Without it, clients page by the body. */
    private static final int MAX_LINK = 4096;

    @Inject
    private Hub hub;

    @Inject
    @Named("numbersTopic")
    private Topic numbers;

    private final Semaphore reads = new Semaphore(MAX_READS);

    @GET
    @Produces(JSON)
    public Response readQueryTopics(@Context HttpServletRequest request) {
        return respond(request, true);
    }

    @GET
    @Path("{topic: .+}")
    @Produces(JSON)
    public Response readPathTopic(@Context HttpServletRequest request) {
        return respond(request, true);
    }

    @HEAD
    @Produces(JSON)
    public Response head(@Context HttpServletRequest request) {
        return respond(request, false);
    }

    @HEAD
    @Path("{topic: .+}")
    @Produces(JSON)
    public Response headOfTopic(@Context HttpServletRequest request) {
        return respond(request, false);
    }

    private Response respond(HttpServletRequest request, boolean withBody) {
        FormParameters query = RequestTopics.readForHistory(request);
        Set<Topic> topics = new LinkedHashSet<>(RequestTopics.read(request, query));
        String limit = query.getFirst("limit");
        int maxEvents = StreamParameters.parseCount("limit", limit == null ? DEFAULT_LIMIT : limit);
        HistoryPage page = read(
                new TopicSelection(
                        topics.isEmpty() ? Set.of(numbers) : topics,
                        Set.of(),
                        AccessFilter.getRights(request).readableTopics()),
                query,
                maxEvents);
        byte[] body = encode(page);
        ResponseHeader tag = ResponseHeader.etag(digest(body));
        boolean unchanged = Collections.list(request.getHeaders(HttpHeaders.IF_NONE_MATCH)).stream()
                .anyMatch(
                        header -> header.contains(tag.value()) || header.strip().equals("*"));
        Response.ResponseBuilder response = unchanged
                ? Response.notModified()
                : Response.ok(withBody ? body : null).type(MediaType.APPLICATION_JSON_TYPE);
        add(response, tag);
        add(response, ResponseHeader.PRIVATE_REVALIDATE);
        add(response, ResponseHeader.VARY_READER);
        ResponseHeader next = ResponseHeader.link(nextTarget(request, query, page, maxEvents), "; rel=\"next\"");
        if (page.hasMore() && next.value().length() <= MAX_LINK) {
            add(response, next);
        }
        return response.build();
    }

    private static void add(Response.ResponseBuilder response, ResponseHeader header) {
        response.header(header.name(), header.value());
    }

    private HistoryPage read(TopicSelection selection, FormParameters query, int maxEvents) {
        if (!reads.tryAcquire()) {
            throw new ProblemException(
                    503, "Too many clients read the history. Try again later.", ResponseHeader.retryAfter(1));
        }
        HistoryPage page;
        try {
            page = hub.readHistory(selection, query.getFirst("after"), maxEvents);
        } catch (LogUnavailableException unavailable) {
            throw StorageProblems.toProblem(unavailable);
        } finally {
            reads.release();
        }
        if (page.missing()) {
            throw new ProblemException(
                    410,
                    "Events after the id in the parameter 'after' are no longer retained, or the id is unknown."
                            + " Omit 'after', or use after=earliest.");
        }
        return page;
    }

    private static byte[] encode(HistoryPage page) {
        ByteArrayOutputStream json = new ByteArrayOutputStream();
        String start = "{\"lastEventId\":" + Json.createValue(page.lastEventId()) + ",\"hasMore\":" + page.hasMore()
                + ",\"events\":[";
        json.writeBytes(start.getBytes(UTF_8));
        String separator = "\n";
        for (LogEntry entry : page.events()) {
            json.writeBytes(separator.getBytes(UTF_8));
            json.writeBytes(EventEnvelope.encode(entry.frame(), entry.topics(), entry.millis()));
            separator = ",\n";
        }
        json.writeBytes("]}\n".getBytes(UTF_8));
        return json.toByteArray();
    }

    private static String digest(byte[] body) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(body);
            return Base64.getUrlEncoder()
                    .withoutPadding()
                    .encodeToString(digest)
                    .substring(0, 22);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Returns the target of the link to the next page, relative to the path of the request. It does not repeat a token. A
     * target of a query alone would be shorter, but {@link java.net.URI#resolve} removes the last segment then.
     */
    private static String nextTarget(
            HttpServletRequest request, FormParameters query, HistoryPage page, int maxEvents) {
        String path = request.getRequestURI();
        StringBuilder link = new StringBuilder("./")
                .append(path, path.lastIndexOf('/') + 1, path.length())
                .append('?');
        for (FormParameters.Pair pair : query.pairs()) {
            if (!Set.of("after", "limit", "authorization").contains(pair.name())) {
                link.append(URLEncoder.encode(pair.name(), UTF_8))
                        .append('=')
                        .append(URLEncoder.encode(pair.value(), UTF_8))
                        .append('&');
            }
        }
        return link.append("after=")
                .append(URLEncoder.encode(page.lastEventId(), UTF_8))
                .append("&limit=")
                .append(maxEvents)
                .toString();
    }
}
