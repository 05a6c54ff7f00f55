package dev.courant.kafka;

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

/** What Kafka's failures are called: a line for operators and clients, without addresses and what was set. */
final class KafkaFailureReasons {

    private KafkaFailureReasons() {}

    /** Why an event was not stored. */
    static LogException notStored(Throwable failure) {
        if (failure instanceof LogException known) {
            return known;
        }
        if (failure instanceof RecordTooLargeException) {
            return new EventTooLargeException("The event is larger than Kafka takes.");
        }
        if (failure instanceof TimeoutException) {
            return new LogUnavailableException(
                    "Kafka did not say in time that the event is stored; it may be all the same.", failure);
        }
        return new LogUnavailableException(of(failure), failure);
    }

    /** What is wrong. */
    static String of(Throwable failure) {
        if (failure instanceof LogException known) {
            return String.valueOf(known.getMessage());
        }
        if (failure instanceof AuthenticationException) {
            return "Kafka does not accept our credentials or certificate, or we do not accept its own.";
        }
        if (failure instanceof AuthorizationException) {
            return "Kafka does not allow this to our user.";
        }
        if (failure instanceof UnknownTopicOrPartitionException) {
            return "The topic does not exist in Kafka.";
        }
        if (failure instanceof InvalidRecordException) {
            return "Kafka refuses events in this topic; its cleanup.policy has to be delete.";
        }
        if (failure instanceof NotEnoughReplicasException || failure instanceof NotEnoughReplicasAfterAppendException) {
            return "Too few of Kafka's brokers are there to store events safely.";
        }
        if (failure instanceof TimeoutException) {
            return "Kafka does not answer.";
        }
        Throwable cause = failure.getCause();
        return cause == null || cause == failure
                ? "Kafka cannot be used now (" + failure.getClass().getSimpleName() + ")."
                : of(cause);
    }

    /** What Kafka itself says of the first cause, on one line. */
    static String firstOf(Throwable failure) {
        Throwable first = failure;
        while (first.getCause() != null) {
            first = first.getCause();
        }
        return String.valueOf(first.getMessage()).replaceAll("\\p{Cntrl}", " ");
    }
}
