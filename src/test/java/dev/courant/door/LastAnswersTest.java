package dev.courant.door;

import static org.junit.jupiter.api.Assertions.assertEquals;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastAnswersTest {

    private final List<Integer> statuses = new ArrayList<>();

    @Test
    void acknowledgesNoPublicationThatIsLeftUnanswered() throws Exception {
        new LastAnswers().doFilter(request("POST"), response(), (request, response) -> {});
        assertEquals(List.of(503), statuses);
    }

    @Test
    void leavesTheStatusToWhoAnswers() throws Exception {
        new LastAnswers()
                .doFilter(
                        request("POST"),
                        response(),
                        (request, response) -> ((HttpServletResponse) response).setStatus(201));
        assertEquals(List.of(503, 201), statuses);
    }

    @Test
    void leavesOtherRequestsAlone() throws Exception {
        new LastAnswers().doFilter(request("GET"), response(), (request, response) -> {});
        assertEquals(List.of(), statuses);
    }

    private static HttpServletRequest request(String method) {
        return proxy(HttpServletRequest.class, (name, args) -> name.equals("getMethod") ? method : false);
    }

    private HttpServletResponse response() {
        return proxy(HttpServletResponse.class, (name, args) -> {
            if (name.equals("setStatus")) {
                statuses.add((Integer) args[0]);
            }
            return null;
        });
    }

    private static <T> T proxy(Class<T> type, Answer answer) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, args) -> answer.to(method.getName(), args)));
    }

    private interface Answer {
        Object to(String method, Object[] args);
    }
}
