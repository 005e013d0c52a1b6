package devml.peers;

import ai.djl.MalformedModelException;
import com.sun.management.OperatingSystemMXBean;
import devml.format.Npz;
import devml.network.NetworkFile;
import devml.run.Workload;
import devml.tensor.DType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A process that runs passes of one library when told to. It says {@code ready}, then answers each line of its input with
 * one: to {@code run SECONDS} with the nanoseconds of processor time that the passes took together and those that
 * each took by the clock, to {@code gradients FILE}, once they are written, with {@code written}.
 */
final class Worker {
    private Worker() {}

    /** Takes the library, the network file, the precision and the number of threads. */
    public static void main(String[] args) throws IOException, MalformedModelException {
        Path network = Path.of(args[1]);
        Workload workload = Workload.load(
                NetworkFile.read(network),
                new Workload.Overrides(Optional.of(DType.valueOf(args[2])), Optional.empty()));
        Side side = switch (Side.Name.valueOf(args[0])) {
            case DEVML -> new DevmlSide(workload, Integer.parseInt(args[3]));
            case LIBTORCH ->
                new LibTorchSide(workload, Files.readString(Path.of(args[1].replaceAll("yaml$", "torch"))));
        };
        System.out.println("ready");
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ", 2);
            if (words[0].equals("run")) {
                System.out.println(run(side, Double.parseDouble(words[1])));
            } else {
                Npz.write(Path.of(words[1]), side.gradients());
                System.out.println("written");
            }
        }
        System.exit(0); // whatever threads a library left
    }

    private static String run(Side side, double seconds) {
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        List<Long> times = new ArrayList<>();
        long processor = system.getProcessCpuTime();
        long begin = System.nanoTime();
        long end = begin;
        while (end - begin < seconds * 1e9) {
            side.pass();
            long now = System.nanoTime();
            times.add(now - end);
            end = now;
        }
        return system.getProcessCpuTime() - processor
                + times.stream().map(time -> " " + time).collect(Collectors.joining());
    }
}
