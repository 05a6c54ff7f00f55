package dev.courant.door;

import dev.courant.log.LogException;
import dev.courant.problem.ProblemMapper;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;

/** What a log refuses while a stream is opened, as a problem document. */
public class LogProblemMapper implements ExceptionMapper<LogException> {

    @Override
    public Response toResponse(LogException refused) {
        return ProblemMapper.answer(NotStored.because(refused));
    }
}
