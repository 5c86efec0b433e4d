import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.KeyStoreWrapper;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.node.Node;
import org.elasticsearch.plugins.PluginsLoader;

/**
 * Starts one node of the bare server, and keeps it up. First the folder of modules, then settings, NAME=VALUE; path.home
 * is one. Files that they name lie in es.path.conf. ELASTIC_PASSWORD is the password of the account elastic, as in the container.
 */
public class BareNode {
  public static void main(String[] args) throws Exception {
    LogConfigurator.configureESLogging();
    Settings.Builder builder = Settings.builder();
    for (int i = 1; i < args.length; i++) {
      int at = args[i].indexOf('=');
      builder.put(args[i].substring(0, at), args[i].substring(at + 1));
    }
    String password = System.getenv("ELASTIC_PASSWORD");
    if (password != null) {
      KeyStoreWrapper keystore = KeyStoreWrapper.create();
      keystore.setString("bootstrap.password", password.toCharArray());
      builder.setSecureSettings(keystore);
    }
    PluginsLoader loader =
        PluginsLoader.createPluginsLoader(
            PluginsLoader.loadModulesBundles(Path.of(args[0]), false), Set.of(), Map.of());
    new Node(new Environment(builder.build(), Path.of(System.getProperty("es.path.conf"))), loader).start();
    Thread.currentThread().join();
  }
}
