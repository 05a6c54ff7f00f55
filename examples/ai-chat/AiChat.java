import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

/** A server that publishes the answers of a simulated model to Courant: {@code java AiChat.java [Courant's URL] [port]}. */
public class AiChat {

    private static final Map<String, String> PAGES =
            Map.of("chat.html", "text/html", "chat.js", "text/javascript", "chat.css", "text/css");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<String> started = ConcurrentHashMap.newKeySet();
    private final Path files;
    private final URI courant;

    private AiChat(Path files, URI courant) {
        this.files = files;
        this.courant = courant;
    }

    public static void main(String[] args) throws Exception {
        URI courant = URI.create(args.length > 0 ? args[0] : "http://localhost:8080/");
        int port = args.length > 1 ? Integer.parseInt(args[1]) : 8081;
        URI source = AiChat.class.getProtectionDomain().getCodeSource().getLocation().toURI();
        AiChat chat = new AiChat(Path.of(source).getParent(), courant);
        HttpServer server = HttpServer.create(new InetSocketAddress(port), 0);
        server.setExecutor(chat.threads);
        server.createContext("/", chat::sendPage);
        server.createContext("/answers/", chat::handleAnswer);
        server.start();
        System.out.println("Open http://localhost:" + port + "/");
    }

    private void sendPage(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String file = path.equals("/") ? "chat.html" : path.substring(1);
        if (!PAGES.containsKey(file)) {
            respond(exchange, 404, new byte[0]);
            return;
        }
        exchange.getResponseHeaders().set("Content-Type", PAGES.get(file) + ";charset=utf-8");
        exchange.getResponseHeaders()
                .set(
                        "Content-Security-Policy",
                        "default-src 'self'; img-src data:; connect-src 'self' " + courant.resolve("/"));
        respond(exchange, 200, Files.readAllBytes(files.resolve(file)));
    }

    /** Starts an answer on {@code POST /answers/{id}}, then redirects to its stream. {@code GET} redirects to it again. */
    private void handleAnswer(HttpExchange exchange) throws IOException {
        String id = exchange.getRequestURI().getPath().replaceFirst("/answers/", "");
        String question = new String(exchange.getRequestBody().readNBytes(10_000));
        if (!id.matches("[\\w-]{1,64}")) {
            respond(exchange, 404, new byte[0]);
            return;
        }
        if (exchange.getRequestMethod().equals("POST") && started.add(id)) {
            threads.execute(() -> publish(id, question));
        }
        if (started.contains(id) || isStored(id)) {
            exchange.getResponseHeaders().set("Location", topic(id) + "?lastEventId=earliest");
            respond(exchange, 303, new byte[0]);
        } else {
            respond(exchange, 204, new byte[0]);
        }
    }

    private static void respond(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private String topic(String id) {
        return courant.resolve("sse/answers/" + id).toString();
    }

    /** Returns whether Courant has an answer that was started before this server. */
    private boolean isStored(String id) {
        HttpRequest.Builder history = HttpRequest.newBuilder(URI.create(topic(id) + "?limit=1"));
        return !send(history.header("Accept", "application/json")).contains("\"events\":[]");
    }

    /** Publishes an answer by one request that lasts as long as the model generates it, then ends the topic. */
    private void publish(String id, String question) {
        Answer answer = new Answer();
        threads.execute(() -> answer.generate(id, question));
        send(HttpRequest.newBuilder(URI.create(topic(id)))
                .header("Content-Type", "text/event-stream")
                .header("Idempotency-Key", id)
                .POST(answer.body()));
        send(HttpRequest.newBuilder(URI.create(topic(id) + "?end")).POST(BodyPublishers.ofString("[DONE]")));
    }

    /** Repeats a request until Courant responds. Because of the idempotency key, Courant stores each event once. */
    private String send(HttpRequest.Builder request) {
        while (true) {
            try {
                HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
                if (response.statusCode() < 300) {
                    return response.body();
                } else if (response.statusCode() != 503) {
                    throw new IllegalStateException(response.body());
                }
            } catch (IOException disconnected) {
                System.out.println("Courant cannot be reached, retrying: " + disconnected);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            pause(500);
        }
    }

    private static void pause(long milliseconds) {
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A growing answer, in the chunks of the AI SDK's UI message stream. Each attempt to publish it starts at its beginning. */
    private static final class Answer {

        private static final String END = "";

        private final List<String> chunks = new ArrayList<>(); // guarded by this

        void generate(String id, String question) {
            add("{\"type\":\"start\",\"messageId\":\"answer-" + id + "\"}");
            add("{\"type\":\"text-start\",\"id\":\"0\"}");
            for (String token : Model.tokens(question)) {
                pause(token.length() * 10L);
                add("{\"type\":\"text-delta\",\"id\":\"0\",\"delta\":\"" + token + "\"}");
            }
            add("{\"type\":\"text-end\",\"id\":\"0\"}");
            add("{\"type\":\"finish\"}");
            add(END);
        }

        private synchronized void add(String chunk) {
            chunks.add(chunk);
            notifyAll();
        }

        private synchronized String await(int index) {
            try {
                while (index == chunks.size()) {
                    wait();
                }
                return chunks.get(index);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        BodyPublisher body() {
            return BodyPublishers.ofByteArrays(() -> Stream.iterate(0, index -> index + 1)
                    .map(this::await)
                    .takeWhile(chunk -> !chunk.equals(END))
                    .map(chunk -> ("data: " + chunk + "\n\n").getBytes())
                    .iterator());
        }
    }

    /** A simulated language model, whose answer depends on nothing but the question. */
    private static final class Model {

        private static final List<String> SENTENCES = List.of(
                "A server-sent event is a few lines of text, and a blank line ends it. ",
                "The browser reconnects by itself and sends the id of the last event that it received. ",
                "The server then continues after that event, so a reload costs nothing. ",
                "Each answer is a topic of its own, and every token is an event with an id. ",
                "A second tab reads the same topic from its beginning. ",
                "If the server is killed, its journal still has each token that a reader has seen. ",
                "The publisher repeats its request under the same key, and no token is stored twice. ",
                "When the answer is complete, the topic ends, and the browser stops reconnecting. ");

        static List<String> tokens(String question) {
            List<String> sentences = new ArrayList<>(SENTENCES);
            Collections.shuffle(sentences, new Random(question.hashCode()));
            return List.of(String.join("", sentences).split("(?<= )"));
        }
    }
}
