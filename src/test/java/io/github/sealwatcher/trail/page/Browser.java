package io.github.sealwatcher.trail.page;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.sealwatcher.testkit.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A headless Chromium with one page, driven through its DevTools protocol: no driver is needed. One thread. */
final class Browser implements AutoCloseable {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final Pattern LISTENING = Pattern.compile("DevTools listening on (ws://\\S+)");
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Process process;
    private final BlockingQueue<JsonNode> answers = new LinkedBlockingQueue<>();
    private final WebSocket socket;
    private final String session;
    private int id;

    /** Where there is a Chromium, or Chrome, on the path. */
    static Optional<Path> installed() {
        return Stream.of(System.getenv("PATH").split(":", -1))
                .flatMap(directory -> Stream.of("chromium", "chromium-browser", "google-chrome")
                        .map(name -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /** @param directory for its profile and its log */
    Browser(Path chromium, Path directory, int width, int height) throws IOException {
        Path log = directory.resolve("chromium.log");
        process = new ProcessBuilder(List.of(
                        chromium.toString(),
                        "--headless=new",
                        // The page is ours, and root has no sandbox.
                        "--no-sandbox",
                        "--disable-gpu",
                        "--hide-scrollbars",
                        "--remote-debugging-port=0",
                        "--user-data-dir=" + directory.resolve("profile"),
                        "--window-size=" + width + "," + height,
                        "about:blank"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        Await.until("Chromium to listen; see " + log, LIMIT, () -> address(log).isPresent());
        socket = HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .buildAsync(URI.create(address(log).orElseThrow()), new Listener())
                .join();
        String target = command("", "Target.getTargets", Map.of())
                .at("/targetInfos")
                .findValuesAsText("targetId")
                .get(0);
        session = command("", "Target.attachToTarget", Map.of("targetId", target, "flatten", true))
                .path("sessionId")
                .asText();
        command("Page.enable", Map.of());
    }

    /** Opens a file and returns when {@code ready} is true in it. */
    void open(Path file, String ready) {
        command("Page.navigate", Map.of("url", file.toUri().toString()));
        waitFor(ready);
    }

    void scripts(boolean on) {
        command("Emulation.setScriptExecutionDisabled", Map.of("value", !on));
    }

    void scheme(String scheme) {
        command(
                "Emulation.setEmulatedMedia",
                Map.of("features", List.of(Map.of("name", "prefers-color-scheme", "value", scheme))));
    }

    void waitFor(String expression) {
        Await.until(expression, LIMIT, () -> evaluate(expression).asBoolean(false));
    }

    /** What a JavaScript expression comes to; works for the protocol even where the page's own scripts are off. */
    JsonNode evaluate(String expression) {
        return command("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true))
                .at("/result/value");
    }

    void type(String text) {
        command("Input.insertText", Map.of("text", text));
    }

    /** @param key as in KeyboardEvent.key */
    void press(String key) {
        Map<String, Integer> codes = Map.of("Enter", 13, "Escape", 27, "ArrowDown", 40, "ArrowRight", 39);
        String text = key.equals("Enter") ? "\r" : key.length() == 1 ? key : "";
        int code = codes.getOrDefault(key, key.codePointAt(0));
        command(
                "Input.dispatchKeyEvent",
                Map.of("type", "keyDown", "key", key, "text", text, "windowsVirtualKeyCode", code));
        command("Input.dispatchKeyEvent", Map.of("type", "keyUp", "key", key, "windowsVirtualKeyCode", code));
    }

    void click(double x, double y) {
        for (String type : List.of("mouseMoved", "mousePressed", "mouseReleased")) {
            String button = type.equals("mouseMoved") ? "none" : "left";
            command(
                    "Input.dispatchMouseEvent",
                    Map.of("type", type, "x", x, "y", y, "button", button, "clickCount", 1));
        }
    }

    void screenshot(Path file) {
        String data = command("Page.captureScreenshot", Map.of("format", "png"))
                .path("data")
                .asText();
        try {
            Files.write(file, Base64.getDecoder().decode(data));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        socket.abort();
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
    }

    private JsonNode command(String method, Map<String, ?> parameters) {
        return command(session, method, parameters);
    }

    private JsonNode command(String to, String method, Map<String, ?> parameters) {
        ObjectNode request = JSON.createObjectNode().put("id", ++id).put("method", method);
        request.set("params", JSON.valueToTree(parameters));
        if (!to.isEmpty()) {
            request.put("sessionId", to);
        }
        socket.sendText(request.toString(), true).join();
        try {
            while (true) {
                JsonNode answer = answers.poll(LIMIT.toSeconds(), TimeUnit.SECONDS);
                if (answer == null) {
                    throw new IllegalStateException("Chromium doesn't answer " + method);
                }
                if (answer.path("id").asInt() == id) {
                    if (answer.has("error")) {
                        throw new IllegalStateException(method + ": " + answer.get("error"));
                    }
                    return answer.path("result");
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while Chromium did " + method, e);
        }
    }

    private static Optional<String> address(Path log) {
        try {
            Matcher matcher = LISTENING.matcher(Files.readString(log));
            return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Puts messages together; events of the page are not looked at. */
    private final class Listener implements WebSocket.Listener {
        private final StringBuilder begun = new StringBuilder();

        @Override
        public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
            begun.append(data);
            if (last) {
                try {
                    answers.add(JSON.readTree(begun.toString()));
                } catch (JsonProcessingException e) {
                    throw new UncheckedIOException(e);
                }
                begun.setLength(0);
            }
            from.request(1);
            return null;
        }
    }
}
