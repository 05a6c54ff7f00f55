package dev.courant;

import dev.courant.brokers.Broker;
import dev.courant.brokers.Brokers;

/** What befalls brokers, and how it is over. */
enum BrokerFault {
    STOPPED {
        @Override
        void begin(Brokers brokers, Broker leader) throws Exception {
            leader.stop();
        }

        @Override
        void lift(Brokers brokers, Broker leader) throws Exception {
            leader.restart();
        }
    },
    KILLED {
        @Override
        void begin(Brokers brokers, Broker leader) throws Exception {
            leader.kill();
        }

        @Override
        void lift(Brokers brokers, Broker leader) throws Exception {
            leader.restart();
        }
    },
    PAUSED {
        @Override
        void begin(Brokers brokers, Broker leader) throws Exception {
            leader.pause();
        }

        @Override
        void lift(Brokers brokers, Broker leader) throws Exception {
            leader.resume();
        }
    },
    CUT_OFF {
        @Override
        void begin(Brokers brokers, Broker leader) {
            leader.network().refuse();
        }

        @Override
        void lift(Brokers brokers, Broker leader) {
            leader.network().restore();
        }
    },
    SWALLOWED {
        @Override
        void begin(Brokers brokers, Broker leader) {
            leader.network().swallow();
        }

        @Override
        void lift(Brokers brokers, Broker leader) {
            leader.network().restore();
        }
    },
    ALL_CUT_OFF {
        @Override
        void begin(Brokers brokers, Broker leader) {
            brokers.all().forEach(broker -> broker.network().refuse());
        }

        @Override
        void lift(Brokers brokers, Broker leader) {
            brokers.all().forEach(broker -> broker.network().restore());
        }
    },
    ALL_SWALLOWED {
        @Override
        void begin(Brokers brokers, Broker leader) {
            brokers.all().forEach(broker -> broker.network().swallow());
        }

        @Override
        void lift(Brokers brokers, Broker leader) {
            brokers.all().forEach(broker -> broker.network().restore());
        }
    };

    /** @param leader of the topic's partition */
    abstract void begin(Brokers brokers, Broker leader) throws Exception;

    abstract void lift(Brokers brokers, Broker leader) throws Exception;
}
