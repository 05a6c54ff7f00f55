package dev.courant.kafka;

import dev.courant.kafka.RecordReader.UnreadableBatchException;
import dev.courant.log.EventTooLargeException;
import dev.courant.log.LogException;
import dev.courant.log.LogUnavailableException;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.NotEnoughReplicasAfterAppendException;
import org.apache.kafka.common.errors.NotEnoughReplicasException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Descriptions of Kafka's failures for operators and clients: one line, without addresses and settings. */
final class KafkaFailureReasons {

    private KafkaFailureReasons() {}

    /** Returns the exception that a publisher receives after a failure of Kafka. */
    static LogException toLogException(Throwable failure) {
        if (failure instanceof LogException logFailure) {
            return logFailure;
        }
        if (failure instanceof RecordTooLargeException) {
            return new EventTooLargeException("The event is larger than the Kafka topic allows.");
        }
        if (failure instanceof TimeoutException) {
            return new LogUnavailableException(
                    "Kafka did not acknowledge the event in time; it may be stored nevertheless.", failure);
        }
        return new LogUnavailableException(describe(failure), failure);
    }

    /** Returns a sentence that describes the failure or the first of its causes that this class knows. */
    static String describe(Throwable failure) {
        if (failure instanceof LogException || failure instanceof UnreadableBatchException) {
            return String.valueOf(failure.getMessage());
        }
        if (failure instanceof AuthenticationException) {
            return "Kafka rejects Courant's credentials or certificate, or Courant does not trust Kafka's certificate.";
        }
        if (failure instanceof AuthorizationException) {
            return "Kafka does not permit this operation to Courant's user. Check the topic's ACLs.";
        }
        if (failure instanceof UnknownTopicOrPartitionException) {
            return "The Kafka topic does not exist.";
        }
        if (failure instanceof InvalidRecordException) {
            return "Kafka rejects events in this topic. Set its cleanup.policy to \"delete\".";
        }
        if (failure instanceof NotEnoughReplicasException || failure instanceof NotEnoughReplicasAfterAppendException) {
            return "Too few Kafka brokers are in sync to store events safely.";
        }
        if (failure instanceof TimeoutException) {
            return "Kafka does not respond.";
        }
        Throwable cause = failure.getCause();
        return cause == null || cause == failure
                ? "Kafka is unavailable (" + failure.getClass().getSimpleName() + ")."
                : describe(cause);
    }

    /** Returns Kafka's message of the root cause, on one line. */
    static String describeRootCause(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage()).replaceAll("\\p{Cntrl}", " ");
    }
}
