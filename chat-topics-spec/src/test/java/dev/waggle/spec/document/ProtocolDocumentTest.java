package dev.waggle.spec.document;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.waggle.spec.Bytes;
import dev.waggle.spec.UserId;
import dev.waggle.spec.call.CallMethod;
import dev.waggle.spec.codec.CallJson;
import dev.waggle.spec.codec.ErasureJson;
import dev.waggle.spec.codec.GroupJson;
import dev.waggle.spec.codec.JsonForm;
import dev.waggle.spec.codec.MessagesJson;
import dev.waggle.spec.codec.OwnJson;
import dev.waggle.spec.codec.PayloadJson;
import dev.waggle.spec.message.Answer;
import dev.waggle.spec.message.Refusal;
import dev.waggle.spec.topic.ClientTopic;
import dev.waggle.spec.topic.ServerTopic;
import dev.waggle.spec.topic.ServerTopicParser;
import dev.waggle.spec.topic.TopicFilters;
import dev.waggle.spec.topic.TopicFormatter;
import dev.waggle.spec.topic.TopicParser;
import dev.waggle.spec.topic.TopicReading;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every example of PROTOCOL.md is what the code does, and every part of the code has an example. */
class ProtocolDocumentTest {
    private static final Path DOCUMENT = Path.of("PROTOCOL.md");
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @MethodSource("examples")
    void example_isWhatTheCodeDoes(Example example) throws IOException {
        List<String> kind = example.kind();
        UserId user = new UserId(kind.size() > 1 ? kind.get(kind.size() - 1).replace('.', '_') : "nobody");
        switch (kind.get(0) + " " + (kind.size() > 1 ? kind.get(1) : "")) {
            case "topics client" -> example.words().forEach(topic -> client(user, topic));
            case "topics server" -> example.words().forEach(topic -> server(user, topic));
            case "topics refused" ->
                example.words()
                        .forEach(topic -> assertThat(TopicParser.parse(user, topic))
                                .as(topic)
                                .isNotInstanceOf(TopicReading.Good.class));
            case "filters refused" ->
                example.words()
                        .forEach(filter ->
                                assertThat(contained(user, filter)).as(filter).isFalse());
            case "json request" -> request(kind.get(2), example.text());
            case "json answer" ->
                assertThat(JSON.readTree(example.text()))
                        .isEqualTo(JSON.readTree(CallJson.write(DocumentedAnswers.of(kind.get(2)), JsonForm.JSON)
                                .shared()));
            case "json sent" ->
                assertThat(PayloadJson.readSent(example.bytes()).get()).isNotNull();
            case "json gap" ->
                assertThat(PayloadJson.readGap(example.bytes()).get()).isNotNull();
            case "json marks" ->
                assertThat(PayloadJson.readMarks(Bytes.utf8(example.text())).isOk())
                        .isTrue();
            case "json member" ->
                assertThat(GroupJson.readMember(example.bytes()).get()).isNotNull();
            case "json meta" ->
                assertThat(GroupJson.readMeta(example.bytes()).get().isEmpty()).isFalse();
            case "json edit" ->
                assertThat(ErasureJson.readEdit(example.bytes()).get()).isNotNull();
            case "json mine" ->
                assertThat(OwnJson.readMine(example.bytes()).get()).isNotNull();
            case "json delete" ->
                assertThat(ErasureJson.readDelete(example.bytes()).get()).isNotNull();
            case "json messages" ->
                assertThat(MessagesJson.read(example.bytes())
                                .map(batch -> batch.messages().stream()
                                        .allMatch(one -> one.request() instanceof Answer.Given)))
                        .isEqualTo(Answer.of(true));
            case "json told" ->
                assertThat(JSON.readTree(example.text()))
                        .isEqualTo(JSON.readTree(MessagesJson.write(false, DocumentedAnswers.MESSAGES)
                                .shared()));
            case "json error" ->
                assertThat(PayloadJson.refusal(PayloadJson.readError(example.bytes(), JsonForm.JSON)
                                .get()
                                .code()))
                        .isNotNull();
            default -> {
                assertThat(kind)
                        .as("a kind of block that this test knows")
                        .hasSize(2)
                        .startsWith("filters");
                example.words()
                        .forEach(filter ->
                                assertThat(contained(user, filter)).as(filter).isTrue());
            }
        }
    }

    @Test
    void document_hasAnExampleOfEverything() throws IOException {
        Set<String> kinds = new HashSet<>();
        Set<Class<?>> topics = new HashSet<>();
        for (Example example : examples()) {
            kinds.add(String.join(" ", example.kind()));
            UserId user =
                    new UserId(example.kind().get(example.kind().size() - 1).replace('.', '_'));
            if (example.kind().contains("client")) {
                example.words().forEach(topic -> topics.add(client(user, topic).getClass()));
            }
            if (example.kind().contains("server")) {
                example.words().forEach(topic -> topics.add(server(user, topic).getClass()));
            }
        }
        assertThat(topics).contains(ClientTopic.class.getPermittedSubclasses());
        assertThat(topics).contains(ServerTopic.class.getPermittedSubclasses());
        assertThat(kinds)
                .contains(
                        "json sent",
                        "json gap",
                        "json member",
                        "json meta",
                        "json edit",
                        "json delete",
                        "json messages",
                        "json told",
                        "json error",
                        "filters alice");
        Arrays.stream(CallMethod.values())
                .forEach(method ->
                        assertThat(kinds).contains("json request " + method.code(), "json answer " + method.code()));
    }

    @Test
    void document_namesEveryErrorWithItsStatus() throws IOException {
        String text = Files.readString(DOCUMENT);
        for (Refusal refusal : Refusal.values()) {
            assertThat(text).contains("| `" + refusal.code() + "` | " + refusal.httpStatus() + " |");
        }
    }

    @Test
    void document_linksLeadToItsHeadings() throws IOException {
        String text = Files.readString(DOCUMENT);
        Set<String> headings = new HashSet<>();
        Pattern.compile("(?m)^## (.+)$")
                .matcher(text)
                .results()
                .forEach(heading -> headings.add(heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^a-z0-9 -]", "")
                        .replace(' ', '-')));
        List<String> links = Pattern.compile("\\]\\(#([^)]+)\\)")
                .matcher(text)
                .results()
                .map(link -> link.group(1))
                .toList();
        assertThat(links).hasSizeGreaterThan(10).isSubsetOf(headings);
    }

    static List<Example> examples() throws IOException {
        List<Example> examples = Example.of(Files.readString(DOCUMENT));
        assertThat(examples).hasSizeGreaterThan(30);
        return examples;
    }

    private static ClientTopic client(UserId user, String topic) {
        TopicReading reading = TopicParser.parse(user, topic);
        assertThat(reading).as(topic).isInstanceOf(TopicReading.Good.class);
        ClientTopic good = ((TopicReading.Good) reading).topic();
        assertThat(TopicFormatter.format(user, good)).isEqualTo(topic);
        return good;
    }

    private static ServerTopic server(UserId user, String topic) {
        ServerTopic read = ServerTopicParser.parse(user, topic).get();
        assertThat(TopicFormatter.format(user, read)).isEqualTo(topic);
        return read;
    }

    private static boolean contained(UserId user, String filter) {
        return TopicFilters.containedIn(filter, TopicFormatter.prefix(user));
    }

    private static void request(String method, String json) {
        assertThat(CallJson.readRequest(method, Bytes.utf8(json), JsonForm.JSON))
                .isInstanceOf(Answer.Given.class);
    }
}
