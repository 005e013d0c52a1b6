package devml.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import devml.Definitions;
import devml.fault.Fault;
import devml.tensor.Shape;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Configurations of the shipped layers that PyTorch refuses too, in training: options and shapes that make no sense. */
class RefusedConfigurationsTest {
    private static final Catalogue SHIPPED = new Catalogue(List.of());

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            dropout                 | {p: 1.5}                                | x 2,3              | p <= 1
            lstm                    | {hidden_size: 4, dropout: 1.1}          | x 3,2,5            | float >= 0 and <= 1
            lstm                    | {hidden_size: 4, proj_size: 4}          | x 3,2,5            | proj_size < hidden_size
            clamp                   | {}                                      | x 2,3              | min != 'none' or max != 'none'
            softshrink              | {lambd: -1}                             | x 2,3              | must be float >= 0
            embedding               | {num_embeddings: 5, embedding_dim: 2, padding_idx: 5}  | x 3 | -V <= padding_idx < V
            embedding_bag           | {num_embeddings: 5, embedding_dim: 2, padding_idx: -6} | x 3,2 | -V <= padding_idx < V
            cross_entropy           | {label_smoothing: 1.5}                  | x 2,3; target 2    | label_smoothing <= 1
            margin_ranking_loss     | {}                                      | x1 2,3; x2 2,3; target 3 | as many dimensions of each input
            cosine_embedding_loss   | {}                                      | x1 4,3; x2 4,2; target 4 | I == J or I == 1 or J == 1
            cosine_embedding_loss   | {}                                      | x1 4,3; x2 3; target 4 | a vector of each input for each target
            cosine_embedding_loss   | {}                                      | x1 4,3; x2 4,3; target 1,4 | rank(N) <= 1
            cosine_embedding_loss   | {}                                      | x1 4,3; x2 4,3; target 3 | does not broadcast
            cosine_embedding_loss   | {}                                      | x1 1,4,3; x2 1,4,3; target 1,4 | rank(N) <= 1
            cosine_embedding_loss   | {}                                      | x1 3; x2 3; target 4 | a vector of each input for each target
            triplet_margin_loss     | {}                                      | x 2,3; positive 2,3; negative 3 | as many dimensions of each input
            multi_margin_loss       | {}                                      | x 2,3; target 3    | M == N
            gaussian_nll_loss       | {}                                      | x 2,3; target 2,3; var 3   | do not broadcast
            gaussian_nll_loss       | {}                                      | x 2,3; target 2,3; var 1,3 | the extents of x in var
            gaussian_nll_loss       | {}                                      | x 3; target 3; var 3,3     | rank(var) == rank(x) - 1
            batch_norm              | {}                                      | x 1,3              | more than one value a channel
            instance_norm           | {}                                      | x 2,3,1            | more than one element
            instance_norm           | {}                                      | x 3                | rank(x) > 1
            instance_norm           | {dims: 2}                               | x 2,3              | as many further dimensions as dims says
            avg_pool3d              | {kernel_size: [1, 3, 1], padding: [0, 1, 0]} | x 2,4,2,3     | kernel_size <= (L, H, W)
            embedding_bag           | {num_embeddings: 5, embedding_dim: 2, mode: max, scale_grad_by_freq: true} | x 3,2 | sums or means
            upsample                | {size: 3, mode: area, align_corners: true} | x 1,2,4          | not (nearest or area) or align_corners
            group_norm              | {num_groups: 2}                         | x 1,2              | more than one value
            upsample                | {size: 3, recompute_scale_factor: true} | x 1,2,4            | recompute_scale_factor != true
            upsample                | {size: [2, 3]}                          | x 1,2,4            | one number, or one for each dimension
            local_response_norm     | {size: 3}                               | x 2,3              | a dimension behind the channels
            upsample                | {size: [5]}                             | x 1,2,4,3          | one number, or one for each dimension
            upsample                | {scale_factor: [2.0]}                   | x 1,2,4,3          | one number, or one for each dimension
            upsample                | {scale_factor: [2, 2]}                  | x 1,2,4,3,5        | one number, or one for each dimension
            unbind                  | {}                                      | x 0,2              | Q > 0
            split                   | {split_size: [2, 2]}                    | x 3                | sum(q: K.q) == T
            scaled_dot_product_attention | {enable_gqa: true}                 | query 3,4,5; key 2,4,5; value 2,4,5 | Q/H is 3 / 2
            scaled_dot_product_attention | {}                                 | query 4,4,5; key 2,4,5; value 2,4,5 | does not broadcast
            multi_head_attention    | {num_heads: 2, kdim: 3}                 | query 5,2,4; key 3,2,4; value 3,2,4 | as many features of key as kdim says and of value as vdim, or without these as those of query, E; here kdim = 3, vdim = none (A = (), L = 5, B = 2, E = 4, S = 3, K = 4
            multi_head_attention    | {num_heads: 2}                          | query 5,2,4; key 3,2,3; value 3,2,4 | as many features of key as kdim says
            multi_head_attention    | {num_heads: 2}                          | query 5,2,4; key 3,2,5; value 3,2,4 | as many features of key as kdim says
            multi_head_attention    | {num_heads: 2, vdim: 3}                 | query 5,2,4; key 3,2,4; value 3,2,4 | as many features of key as kdim says and of value as vdim
            scaled_dot_product_attention | {is_causal: true}                  | query 2,3,4; key 2,3,4; value 2,3,4; attn_mask 3,3 | no attn_mask where is_causal is set
            embedding_bag           | {num_embeddings: 5, embedding_dim: 2}   | x 3,2; offsets 1   | no offsets where x has two dimensions
            embedding_bag           | {num_embeddings: 5, embedding_dim: 2}   | x 3                | offsets where x has one dimension
            lstm                    | {hidden_size: 4}                        | x 2,3,4,5          | x of two dimensions, or of three with a batch
            gru                     | {hidden_size: 4}                        | x 2,3,4,5          | x of two dimensions, or of three with a batch
            rnn                     | {hidden_size: 4}                        | x 2,3,4,5          | x of two dimensions, or of three with a batch
            lstm                    | {hidden_size: 4}                        | x 0,3,5            | of at least one step
            gru                     | {hidden_size: 4, batch_first: true}     | x 3,0,5            | of at least one step
            rnn                     | {hidden_size: 4}                        | x 0,5              | of at least one step
            pad                     | {pad: [1, 1], mode: replicate}          | x 2,3,0            | elements to repeat
            pad                     | {pad: [0, 0, 1, 1], mode: replicate}    | x 2,3,4,0          | elements to repeat
            pad                     | {pad: [-3, -3], mode: replicate}        | x 2,3,6            | some to keep
            pad                     | {pad: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -2, -1]} | x 2,1,1,1,1,1 | to take away no more than there is
            pad                     | {pad: [1, -6], mode: circular}          | x 2,3,6            | something left to go around
            pad                     | {pad: [-3, -3], mode: reflect}          | x 2,3,6            | some to keep
            conv1d                  | {out_channels: 2, kernel_size: 7}       | x 0,3,6            | J comes out as 0
            conv_transpose1d        | {out_channels: 2, kernel_size: 2, padding: 2} | x 0,3,3      | J comes out as 0
            max_pool2d              | {kernel_size: [1, 7], stride: 1}        | x 0,3,5,6          | J comes out as 0
            lp_pool1d               | {norm_type: 2, kernel_size: 7, stride: 1} | x 0,3,6          | J comes out as 0
            unfold                  | {kernel_size: 4}                        | x 0,3,4,3          | J comes out as 0
            fold                    | {output_size: [4, 3], kernel_size: 4}   | x 0,16,0           | J comes out as 0
            upsample                | {scale_factor: 0.4}                     | x 0,3,2            | a size above 0, or floor(extent*scale_factor)
            embedding_bag           | {num_embeddings: 5, embedding_dim: 2, include_last_offset: true} | x 3; offsets 1 | a bag for the elements of x
            embedding_bag           | {num_embeddings: 5, embedding_dim: 2, include_last_offset: true} | x 0; offsets 0 | a bag for the elements of x
            max_pool1d              | {kernel_size: 2, padding: 1}            | x 2,3,0            | elements in each dimension that is pooled
            avg_pool2d              | {kernel_size: 2, padding: 1}            | x 2,3,0,4          | elements in each dimension that is pooled
            adaptive_max_pool3d     | {output_size: 2}                        | x 2,3,4,5,0        | elements in each dimension that is pooled
            upsample                | {size: 4}                               | x 2,3,0            | elements in each dimension that is resized
            upsample                | {size: 1000000000000}                   | x 2,3,5            | J comes out as 1000000000000 (a tensor has at most 2147483639 elements) by
            """)
    void areRefusedWithTheReason(String layer, String options, String shapes, String message) {
        Map<String, Shape> inputs = new HashMap<>();
        for (String input : shapes.split("; ", -1)) {
            String[] parts = input.split(" ", -1);
            List<Integer> dims =
                    Arrays.stream(parts[1].split(",", -1)).map(Integer::valueOf).toList();
            inputs.put(parts[0], new Shape(dims));
        }
        Definition definition = SHIPPED.find(layer);
        Fault fault = catchThrowableOfType(Fault.class, () -> Definitions.bind(definition, options, inputs, true));
        assertThat(fault).as(layer).isNotNull();
        assertThat(fault.getMessage()).contains(message);
    }
}
