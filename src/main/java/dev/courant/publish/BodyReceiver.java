package dev.courant.publish;

import dev.courant.http.ClientAddressResolver;
import dev.courant.http.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Receives the bodies of publications, in as much heap and on as many of the server's threads as they may take. Any thread. */
public final class BodyReceiver {

    private final BodyMemoryBudget budget;
    private final SlowBodyLimit waiting;
    private final ClientAddressResolver addresses;

    public BodyReceiver(BodyMemoryBudget budget, ClientAddressResolver addresses) {
        this.budget = budget;
        this.addresses = addresses;
        waiting = new SlowBodyLimit(System::nanoTime);
    }

    /**
     * Receives a body whole and passes it on. Its memory counts until the answer is there.
     *
     * @param most the maximum size in bytes
     * @param use makes an event of the body and publishes it
     * @throws ProblemException if the body is too large, too slow, or one too many
     */
    public <T> CompletionStage<T> receive(
            HttpServletRequest request, InputStream in, int most, Function<byte[], CompletionStage<T>> use)
            throws IOException {
        BodyMemoryBudget.Share memory = budget.share();
        boolean passedOn = false;
        try {
            byte[] body = new BodyReader(in, request.getContentLengthLong(), most, memory, waiting)
                    .read(() -> addresses.resolve(request));
            CompletionStage<T> answer = use.apply(body);
            passedOn = true;
            answer.whenComplete((done, failure) -> memory.close());
            return answer;
        } finally {
            if (!passedOn) {
                memory.close();
            }
        }
    }
}
