package dev.waggle.broker.gateway.direct;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.hivemq.mqtt.message.puback.PUBACK;
import dev.waggle.broker.gateway.direct.ClientBytes.Ask;
import dev.waggle.broker.gateway.memory.ServerPacket;
import dev.waggle.broker.host.RunningHost;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SelfTestTest {
    private static RunningHost host;

    @BeforeAll
    static void start(@TempDir Path folder) throws Exception {
        host = new RunningHost(folder);
    }

    @AfterAll
    static void stop() {
        host.close();
    }

    private static void verify(Supplier<ChannelHandler> chat) throws Exception {
        Pipelines pipelines = new Pipelines(host.gateway().installed(), chat);
        host.gateway().verify(pipelines, 10).toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    @Test
    void verify_withTheHandlerInPlace_passesAgainAndAgain() throws Exception {
        for (int i = 0; i < 3; i++) {
            host.gateway().verify().toCompletableFuture().get(60, TimeUnit.SECONDS);
        }
        assertThat(host.chat().talks()).isEmpty();
    }

    @Test
    void verify_withAHandlerThatSeesNothing_saysWhatDidNotHappen() {
        assertThatThrownBy(() -> verify(ChannelDuplexHandler::new))
                .hasRootCauseInstanceOf(HostMismatch.class)
                .hasMessageContaining("waggle_chat")
                .hasMessageContaining("CONNECT accepted");
    }

    @Test
    void verify_whenAcknowledgementsPassUsBy_saysSo() {
        Farewell farewell = new Farewell(host.gateway().installed());
        assertThatThrownBy(() -> verify(() -> new Leaky(host.gateway(), farewell)))
                .hasRootCauseInstanceOf(HostMismatch.class)
                .hasMessageContaining("a delivery to reach the client and its PUBACK the chat");
    }

    @Test
    void connect_withTheNameOfTheSelfTest_isNobody() {
        try (RawClient client = new RawClient(host.broker().mqtt(), true)) {
            client.send(new ClientBytes(true).connect(Ask.of("waggle-self-test"), "p"));
            assertThat(client.next()).isEqualTo(new ServerPacket.Connack(0x87, false, null));
        }
    }

    /** A host that lost the PUBACKs on their way to the chat. */
    private static final class Leaky extends ChatHandler {
        Leaky(DirectGateway gateway, Farewell farewell) {
            super(gateway, farewell);
        }

        @Override
        public void channelRead(ChannelHandlerContext ctx, Object packet) {
            if (!(packet instanceof PUBACK)) {
                super.channelRead(ctx, packet);
            }
        }
    }
}
