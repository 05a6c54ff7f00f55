package dev.courant.it.cluster;

import dev.courant.brokers.TestBroker;
import dev.courant.brokers.TestCluster;

/** What befalls brokers, and how it is over. */
enum BrokerFault {
    STOPPED {
        @Override
        void begin(TestCluster brokers, TestBroker leader) throws Exception {
            leader.stop();
        }

        @Override
        void lift(TestCluster brokers, TestBroker leader) throws Exception {
            leader.restart();
        }
    },
    KILLED {
        @Override
        void begin(TestCluster brokers, TestBroker leader) throws Exception {
            leader.kill();
        }

        @Override
        void lift(TestCluster brokers, TestBroker leader) throws Exception {
            leader.restart();
        }
    },
    PAUSED {
        @Override
        void begin(TestCluster brokers, TestBroker leader) throws Exception {
            leader.pause();
        }

        @Override
        void lift(TestCluster brokers, TestBroker leader) throws Exception {
            leader.resume();
        }
    },
    CUT_OFF {
        @Override
        void begin(TestCluster brokers, TestBroker leader) {
            leader.network().disconnect();
        }

        @Override
        void lift(TestCluster brokers, TestBroker leader) {
            leader.network().restore();
        }
    },
    SWALLOWED {
        @Override
        void begin(TestCluster brokers, TestBroker leader) {
            leader.network().stall();
        }

        @Override
        void lift(TestCluster brokers, TestBroker leader) {
            leader.network().restore();
        }
    },
    ALL_CUT_OFF {
        @Override
        void begin(TestCluster brokers, TestBroker leader) {
            brokers.all().forEach(broker -> broker.network().disconnect());
        }

        @Override
        void lift(TestCluster brokers, TestBroker leader) {
            brokers.all().forEach(broker -> broker.network().restore());
        }
    },
    ALL_SWALLOWED {
        @Override
        void begin(TestCluster brokers, TestBroker leader) {
            brokers.all().forEach(broker -> broker.network().stall());
        }

        @Override
        void lift(TestCluster brokers, TestBroker leader) {
            brokers.all().forEach(broker -> broker.network().restore());
        }
    };

    /** @param leader of the topic's partition */
    abstract void begin(TestCluster brokers, TestBroker leader) throws Exception;

    abstract void lift(TestCluster brokers, TestBroker leader) throws Exception;
}
