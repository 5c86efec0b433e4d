import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.node.Node;
import org.elasticsearch.plugins.PluginsLoader;

/** Starts one node of the bare server, and keeps it up. Each argument is a setting, NAME=VALUE; path.home is one. */
public class BareNode {
  public static void main(String[] settings) throws Exception {
    LogConfigurator.configureESLogging();
    Settings.Builder builder = Settings.builder();
    for (String setting : settings) {
      int at = setting.indexOf('=');
      builder.put(setting.substring(0, at), setting.substring(at + 1));
    }
    Settings all = builder.build();
    Path home = Path.of(all.get("path.home"));
    Environment environment = new Environment(all, home.resolve("config"));
    PluginsLoader loader =
        PluginsLoader.createPluginsLoader(
            PluginsLoader.loadModulesBundles(home.resolve("modules"), false), Set.of(), Map.of());
    new Node(environment, loader).start();
    Thread.currentThread().join();
  }
}
