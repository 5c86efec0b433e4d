import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.email.UAX29URLEmailTokenizer;
import org.apache.lucene.analysis.miscellaneous.RemoveDuplicatesTokenFilter;
import org.apache.lucene.analysis.pattern.PatternCaptureGroupTokenFilter;
import org.elasticsearch.action.ActionRequestValidationException;
import org.elasticsearch.client.internal.node.NodeClient;
import org.elasticsearch.cluster.node.DiscoveryNodes;
import org.elasticsearch.common.settings.Setting;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.core.TimeValue;
import org.elasticsearch.features.NodeFeature;
import org.elasticsearch.index.analysis.AbstractTokenFilterFactory;
import org.elasticsearch.index.analysis.AbstractTokenizerFactory;
import org.elasticsearch.index.analysis.TokenFilterFactory;
import org.elasticsearch.index.analysis.TokenizerFactory;
import org.elasticsearch.indices.SystemIndexDescriptor;
import org.elasticsearch.indices.analysis.AnalysisModule.AnalysisProvider;
import org.elasticsearch.plugins.ActionPlugin;
import org.elasticsearch.plugins.AnalysisPlugin;
import org.elasticsearch.plugins.Plugin;
import org.elasticsearch.plugins.SystemIndexPlugin;
import org.elasticsearch.rest.BaseRestHandler;
import org.elasticsearch.rest.RestHandler;
import org.elasticsearch.rest.RestRequest;
import org.elasticsearch.rest.RestResponse;
import org.elasticsearch.rest.RestStatus;
import org.elasticsearch.xcontent.NamedXContentRegistry;
import org.elasticsearch.xcontent.ParseField;
import org.elasticsearch.xcontent.XContentParser;
import org.elasticsearch.xpack.core.ilm.DeleteAction;
import org.elasticsearch.xpack.core.ilm.ForceMergeAction;
import org.elasticsearch.xpack.core.ilm.LifecycleAction;
import org.elasticsearch.xpack.core.ilm.LifecyclePolicy;
import org.elasticsearch.xpack.core.ilm.LifecycleSettings;
import org.elasticsearch.xpack.core.ilm.LifecycleType;
import org.elasticsearch.xpack.core.ilm.TimeseriesLifecycleType;
import org.elasticsearch.xpack.core.ilm.action.PutLifecycleRequest;
import org.elasticsearch.xpack.core.slm.action.PutSnapshotLifecycleAction;

/**
 * What a set-up asks of modules that no registry has. Lifecycles and nightly snapshots are read and judged by the
 * server's own readers, and not carried out; e-mail addresses of accounts are taken apart as analysis-common would, and Kibana's indexes belong to a feature of its name.
 */
public class StandIns extends Plugin implements ActionPlugin, AnalysisPlugin, SystemIndexPlugin {
  @Override
  public String getFeatureName() {
    return "kibana";
  }

  @Override
  public String getFeatureDescription() {
    return "Where Kibana keeps its own";
  }

  @Override
  public Collection<SystemIndexDescriptor> getSystemIndexDescriptors(Settings settings) {
    return List.of(
        SystemIndexDescriptor.builder()
            .setIndexPattern(".kibana_*")
            .setDescription(getFeatureDescription())
            .setType(SystemIndexDescriptor.Type.EXTERNAL_UNMANAGED)
            .setAllowedElasticProductOrigins(List.of("kibana"))
            .build());
  }

  @Override
  public List<Setting<?>> getSettings() {
    return List.of(LifecycleSettings.LIFECYCLE_NAME_SETTING);
  }

  @Override
  public List<NamedXContentRegistry.Entry> getNamedXContent() {
    return List.of(
        entry(LifecycleType.class, TimeseriesLifecycleType.TYPE, parser -> TimeseriesLifecycleType.INSTANCE),
        entry(LifecycleAction.class, ForceMergeAction.NAME, ForceMergeAction::parse),
        entry(LifecycleAction.class, DeleteAction.NAME, DeleteAction::parse));
  }

  private interface Reader<T> {
    T read(XContentParser parser) throws IOException;
  }

  private static <T> NamedXContentRegistry.Entry entry(Class<T> kind, String name, Reader<? extends T> reader) {
    return new NamedXContentRegistry.Entry(kind, new ParseField(name), reader::read);
  }

  @Override
  public Collection<RestHandler> getRestHandlers(
      RestHandlersServices services,
      Supplier<DiscoveryNodes> nodes,
      Predicate<NodeFeature> supported) {
    return List.of(
        put("/_ilm/policy/{name}", StandIns::readLifecycle), put("/_slm/policy/{name}", StandIns::readSnapshots));
  }

  private interface Judge {
    ActionRequestValidationException of(String name, XContentParser parser) throws IOException;
  }

  private static ActionRequestValidationException readLifecycle(String name, XContentParser parser) {
    return PutLifecycleRequest.parseRequest(
            new PutLifecycleRequest.Factory() {
              @Override
              public PutLifecycleRequest create(LifecyclePolicy policy) {
                return new PutLifecycleRequest(TimeValue.ZERO, TimeValue.ZERO, policy);
              }

              @Override
              public String getPolicyName() {
                return name;
              }
            },
            parser)
        .validate();
  }

  private static ActionRequestValidationException readSnapshots(String name, XContentParser parser) {
    return PutSnapshotLifecycleAction.Request.parseRequest(TimeValue.ZERO, TimeValue.ZERO, name, parser).validate();
  }

  private static RestHandler put(String path, Judge judge) {
    return new BaseRestHandler() {
      @Override
      public String getName() {
        return path;
      }

      @Override
      public List<Route> routes() {
        return List.of(new Route(RestRequest.Method.PUT, path));
      }

      @Override
      protected RestChannelConsumer prepareRequest(RestRequest request, NodeClient client) throws IOException {
        String name = request.param("name");
        try (XContentParser parser = request.contentParser()) {
          ActionRequestValidationException wrong = judge.of(name, parser);
          if (wrong != null) throw wrong;
        }
        return channel ->
            channel.sendResponse(
                new RestResponse(RestStatus.OK, "application/json", "{\"acknowledged\":true}"));
      }
    };
  }

  @Override
  public Map<String, AnalysisProvider<TokenizerFactory>> getTokenizers() {
    return Map.of(
        "uax_url_email",
        (index, environment, name, settings) ->
            new AbstractTokenizerFactory(name) {
              @Override
              public Tokenizer create() {
                return new UAX29URLEmailTokenizer();
              }
            });
  }

  @Override
  public Map<String, AnalysisProvider<TokenFilterFactory>> getTokenFilters() {
    return Map.of(
        "pattern_capture",
        (index, environment, name, settings) -> {
          Pattern[] patterns =
              settings.getAsList("patterns").stream().map(Pattern::compile).toArray(Pattern[]::new);
          return filter(name, words -> new PatternCaptureGroupTokenFilter(words, true, patterns));
        },
        "lowercase",
        (index, environment, name, settings) -> filter(name, LowerCaseFilter::new),
        "unique",
        (index, environment, name, settings) -> filter(name, RemoveDuplicatesTokenFilter::new));
  }

  private static TokenFilterFactory filter(String name, UnaryOperator<TokenStream> made) {
    return new AbstractTokenFilterFactory(name) {
      @Override
      public TokenStream create(TokenStream words) {
        return made.apply(words);
      }
    };
  }
}
