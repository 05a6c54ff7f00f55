package dev.courant.support;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** A client of the Mercure hub, with or without a token. */
public final class HubClient {

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    public final URI hub;
    private final @Nullable String token;

    public HubClient(URI base, @Nullable String token) {
        hub = base.resolve(".well-known/mercure");
        this.token = token;
    }

    /** @param fields alternating names and values of the form */
    public HttpResponse<String> publish(String... fields) throws Exception {
        return publish(new String[0], form(fields));
    }

    public HttpResponse<String> publish(String[] headers, String form) throws Exception {
        String[] all = Arrays.copyOf(headers, headers.length + 2);
        all[headers.length] = "Content-Type";
        all[headers.length + 1] = "application/x-www-form-urlencoded";
        return post(all, form);
    }

    public HttpResponse<String> post(String[] headers, String body) throws Exception {
        HttpRequest.Builder request = request(hub, headers).POST(BodyPublishers.ofString(body));
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** @param parameters alternating names and values of the query */
    public HttpEventStream subscribe(String... parameters) throws Exception {
        return subscribe(new String[0], parameters);
    }

    public HttpEventStream subscribe(String[] headers, String... parameters) throws Exception {
        String[] all = headers;
        if (token != null) {
            all = Arrays.copyOf(headers, headers.length + 2);
            all[headers.length] = "Authorization";
            all[headers.length + 1] = "Bearer " + token;
        }
        return new HttpEventStream(URI.create(hub + "?" + form(parameters)), all);
    }

    /** @param path an absolute path, as documents of the hub contain it */
    public HttpResponse<String> get(String path) throws Exception {
        return send("GET", hub.resolve(path));
    }

    public HttpResponse<String> send(String method, URI uri, String... headers) throws Exception {
        HttpRequest.Builder request = request(uri, headers).method(method, BodyPublishers.noBody());
        return client.send(request.build(), BodyHandlers.ofString());
    }

    /** Returns the first value of a header, or an empty string if it is missing. */
    public static String header(HttpResponse<?> response, String name) {
        return response.headers().firstValue(name).orElse("");
    }

    public static String form(String... fields) {
        StringBuilder form = new StringBuilder();
        for (int i = 0; i < fields.length; i += 2) {
            form.append(i == 0 ? "" : "&")
                    .append(URLEncoder.encode(fields[i], UTF_8))
                    .append('=')
                    .append(URLEncoder.encode(fields[i + 1], UTF_8));
        }
        return form.toString();
    }

    private HttpRequest.Builder request(URI uri, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).timeout(HttpEventStream.DEADLINE);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        for (int i = 0; i < headers.length; i += 2) {
            request.header(headers[i], headers[i + 1]);
        }
        return request;
    }
}
