package dev.courant.it.cluster;

import dev.courant.brokers.TestBroker;
import dev.courant.brokers.TestCluster;

/** A fault of the brokers or their network that a test can begin and end. */
enum BrokerFault {
    STOPPED {
        @Override
        void begin(TestCluster brokers, TestBroker leader) throws Exception {
            leader.stop();
        }

        @Override
        void end(TestCluster brokers, TestBroker leader) throws Exception {
            leader.restart();
        }
    },
    KILLED {
        @Override
        void begin(TestCluster brokers, TestBroker leader) throws Exception {
            leader.kill();
        }

        @Override
        void end(TestCluster brokers, TestBroker leader) throws Exception {
            leader.restart();
        }
    },
    PAUSED {
        @Override
        void begin(TestCluster brokers, TestBroker leader) throws Exception {
            leader.pause();
        }

        @Override
        void end(TestCluster brokers, TestBroker leader) throws Exception {
            leader.resume();
        }
    },
    DISCONNECTED {
        @Override
        void begin(TestCluster brokers, TestBroker leader) {
            leader.network().disconnect();
        }

        @Override
        void end(TestCluster brokers, TestBroker leader) {
            leader.network().restore();
        }
    },
    STALLED {
        @Override
        void begin(TestCluster brokers, TestBroker leader) {
            leader.network().stall();
        }

        @Override
        void end(TestCluster brokers, TestBroker leader) {
            leader.network().restore();
        }
    },
    ALL_DISCONNECTED {
        @Override
        void begin(TestCluster brokers, TestBroker leader) {
            brokers.all().forEach(broker -> broker.network().disconnect());
        }

        @Override
        void end(TestCluster brokers, TestBroker leader) {
            brokers.all().forEach(broker -> broker.network().restore());
        }
    },
    ALL_STALLED {
        @Override
        void begin(TestCluster brokers, TestBroker leader) {
            brokers.all().forEach(broker -> broker.network().stall());
        }

        @Override
        void end(TestCluster brokers, TestBroker leader) {
            brokers.all().forEach(broker -> broker.network().restore());
        }
    };

    /** @param leader the leader of the topic's partition */
    abstract void begin(TestCluster brokers, TestBroker leader) throws Exception;

    abstract void end(TestCluster brokers, TestBroker leader) throws Exception;
}
