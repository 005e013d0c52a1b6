package devml.peers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * A TorchScript module without attributes, as {@code torch.jit.save} writes it: a ZIP file of its source, and of its
 * state and its constants as pickles. Its one method takes the inputs and the parameters and returns the loss and
 * the gradients of the parameters, so that a pass is one call.
 */
final class TorchScript {
    private static final String MODULE = "Pass";
    private static final String MARK = "\u0080"; // PROTO 2, the rest of each pickle is ASCII

    private TorchScript() {}

    /**
     * Makes the file of a module.
     *
     * @param forward statements that compute {@code loss}
     * @param arguments the names of all tensors that they read
     * @param parameters those of them whose gradients are wanted, in this order
     */
    static byte[] archive(String forward, List<String> arguments, List<String> parameters) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            add(zip, "data.pkl", MARK + "\2c__torch__\n" + MODULE + "\n)\u0081}X\b\0\0\0training\u0088sb.");
            add(zip, "code/__torch__.py", source(forward, arguments, parameters));
            add(zip, "constants.pkl", MARK + "\2).");
            add(zip, "version", "3\n");
        } catch (IOException e) {
            throw new IllegalStateException("writing to memory", e);
        }
        return bytes.toByteArray();
    }

    private static void add(ZipOutputStream zip, String name, String content) throws IOException {
        byte[] bytes = content.getBytes(StandardCharsets.ISO_8859_1);
        ZipEntry entry = new ZipEntry("pass/" + name);
        CRC32 crc = new CRC32();
        crc.update(bytes);
        entry.setMethod(ZipEntry.STORED); // libtorch reads records as they lie
        entry.setSize(bytes.length);
        entry.setCrc(crc.getValue());
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }

    private static String source(String forward, List<String> arguments, List<String> parameters) {
        String signature = arguments.stream().map(name -> name + ": Tensor").collect(Collectors.joining(", "));
        StringBuilder source = new StringBuilder("""
                class %s(Module):
                  __parameters__ = []
                  __buffers__ = []
                  training : bool
                  def forward(self: __torch__.%s, %s) -> List[Tensor]:
                """.formatted(MODULE, MODULE, signature));
        parameters.forEach(name -> source.append("    _ = torch.requires_grad_(%s)\n".formatted(name)));
        source.append(forward.strip().indent(4));
        source.append("""
                    results = [loss]
                    gradients = torch.autograd.grad([loss], [%s])
                    for i in range(torch.len(gradients)):
                      gradient = gradients[i]
                      if torch.__isnot__(gradient, None):
                        appended = torch.append(results, unchecked_cast(Tensor, gradient))
                      else:
                        pass
                    return results
                """.formatted(String.join(", ", parameters)));
        return source.toString();
    }
}
