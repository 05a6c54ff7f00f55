package dev.courant.publish;

import dev.courant.http.ClientAddressResolver;
import dev.courant.http.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Receives the bodies of publications within limits on their memory and on the threads that they block. Thread-safe. */
public final class BodyReceiver {

    private final BodyMemoryBudget budget;
    private final SlowBodyLimit slowBodies;
    private final ClientAddressResolver addresses;

    public BodyReceiver(BodyMemoryBudget budget, ClientAddressResolver addresses) {
        this.budget = budget;
        this.addresses = addresses;
        slowBodies = new SlowBodyLimit(System::nanoTime);
    }

    /**
     * Reads the whole body and passes it to the publisher. Its memory stays reserved until the publisher's stage completes.
     *
     * @param maxBytes the maximum size of the body
     * @param publisher converts the body to an event and publishes it
     * @throws ProblemException if the body is too large or too slow, or a limit on all bodies is reached
     */
    public <T> CompletionStage<T> receive(
            HttpServletRequest request, InputStream in, int maxBytes, Function<byte[], CompletionStage<T>> publisher)
            throws IOException {
        BodyMemoryBudget.Share memory = budget.openShare();
        boolean passedOn = false;
        try {
            byte[] body = new BodyReader(
                            in, request.getContentLengthLong(), maxBytes, memory, slowBodies, BodyReader.TIMEOUT)
                    .read(() -> addresses.resolve(request));
            CompletionStage<T> response = publisher.apply(body);
            passedOn = true;
            response.whenComplete((done, failure) -> memory.close());
            return response;
        } finally {
            if (!passedOn) {
                memory.close();
            }
        }
    }
}
