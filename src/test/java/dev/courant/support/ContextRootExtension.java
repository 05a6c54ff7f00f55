package dev.courant.support;

import org.jboss.arquillian.container.spi.client.deployment.DeploymentDescription;
import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.container.spi.client.protocol.metadata.Servlet;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.core.spi.LoadableExtension;

/**
 * Adds the context root to the address of a deployment that lacks it. The adapter of Payara Micro reads the address from
 * the server's output, in which the context root follows the port. On a loaded machine it may see only the port.
 */
public final class ContextRootExtension implements LoadableExtension {

    /** The servlet that runs the tests inside the server. */
    private static final String TEST_SERVLET = "ArquillianServletRunnerEE9";

    @Override
    public void register(ExtensionBuilder builder) {
        builder.observer(DeploymentObserver.class);
    }

    /** Arquillian creates this observer. */
    public static final class DeploymentObserver {

        public void addContextRoot(@Observes ProtocolMetaData metaData, DeploymentDescription deployment) {
            String contextRoot = deployment.getArchive().getName().replaceFirst("[.]war$", "");
            for (HTTPContext context : metaData.getContexts(HTTPContext.class)) {
                if (context.getServlets().isEmpty()) {
                    context.add(new Servlet(TEST_SERVLET, contextRoot));
                }
            }
        }
    }
}
