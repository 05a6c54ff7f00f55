package dev.courant.brokers;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.KafkaMetric;
import org.apache.kafka.common.metrics.MetricsReporter;

/** The metrics of all consumers with this metric reporter. Kafka's client creates this class by its name. */
public final class ConsumerMetrics implements MetricsReporter {

    /** The properties of a client that make this class its metric reporter. */
    public static final Map<String, String> PROPERTIES = Map.of("metric.reporters", ConsumerMetrics.class.getName());

    private static final Set<KafkaMetric> METRICS = ConcurrentHashMap.newKeySet();

    /**
     * Returns the number of fetch requests that brokers have answered, also to consumers that are closed.
     *
     * @param purpose part of the consumers' {@code client.id}
     */
    public static long countFetches(String purpose) {
        return (long) METRICS.stream()
                .filter(metric -> isFetchTotal(metric.metricName(), purpose))
                .mapToDouble(metric -> (double) metric.metricValue())
                .sum();
    }

    private static boolean isFetchTotal(MetricName metric, String purpose) {
        return metric.name().equals("fetch-total")
                && metric.tags().getOrDefault("client-id", "").contains(purpose)
                && metric.tags().size() == 1;
    }

    @Override
    public void init(List<KafkaMetric> metrics) {
        METRICS.addAll(metrics);
    }

    @Override
    public void metricChange(KafkaMetric metric) {
        METRICS.add(metric);
    }

    @Override
    public void metricRemoval(KafkaMetric metric) {
        // The totals of closed consumers count as well.
    }

    @Override
    public void close() {}

    @Override
    public void configure(Map<String, ?> properties) {}
}
