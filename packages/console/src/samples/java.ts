import { endpointOf, keyVariables, regionOf, type SampleCall, wirePairs } from './call.ts'
import { commented, header, indented } from './header.ts'
import type { Sample, SampleLanguage } from './language.ts'
import { hex, lineEscapes, quoted } from './quote.ts'

/**
 * Java reads `\u` before it reads anything else, even in a comment: a control character written so would end the text.
 * Those are octal; what lies above Latin-1 is safe in `\u`, in two halves where it needs two.
 */
export const quoteJava = (text: string): string =>
  quoted(text, '"', { '\\': '\\\\', '"': '\\"', ...lineEscapes }, (codePoint) =>
    codePoint <= 0xff
      ? `\\${codePoint.toString(8).padStart(3, '0')}`
      : [...halves(codePoint)].map((half) => `\\u${hex(half, 4)}`).join(''),
  )

function halves(codePoint: number): readonly number[] {
  const text = String.fromCodePoint(codePoint)
  return Array.from({ length: text.length }, (_, index) => text.charCodeAt(index))
}

const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>sample</groupId>
  <artifactId>sample</artifactId>
  <version>1</version>
  <dependencies>
    <dependency>
      <groupId>com.aliyun</groupId>
      <artifactId>aliyun-java-sdk-core</artifactId>
      <version>4.7.10</version>
    </dependency>
  </dependencies>
</project>
`

/** The core client's common request, which signs with V1: Maven Central has no typed package of SmartAG. */
export const java: SampleLanguage = { id: 'java', label: 'Java', isRun: true, generate }

function generate(call: SampleCall): Sample {
  const install = ['mvn --quiet dependency:copy-dependencies -DoutputDirectory=lib']
  const run = "java -cp 'lib/*' Sample.java"
  const { scheme, host } = endpointOf(call)
  const members = wirePairs(call)
    .filter(({ name }) => name !== 'RegionId') // the client adds its own
    .map(({ name, value }) => {
      const shown = 'text' in value ? quoteJava(value.text) : `fromEnvironment("${value.variable}")`
      return `request.putBodyParameter(${quoteJava(name)}, ${shown});`
    })
  const text = `${commented(header(call, install, run), '//')}import com.aliyuncs.CommonRequest;
import com.aliyuncs.DefaultAcsClient;
import com.aliyuncs.exceptions.ClientException;
import com.aliyuncs.http.MethodType;
import com.aliyuncs.http.ProtocolType;
import com.aliyuncs.profile.DefaultProfile;

public class Sample {
    static String fromEnvironment(String name) {
        String value = System.getenv(name);
        if (value == null || value.isEmpty()) {
            System.err.println("Set " + name + " in the environment.");
            System.exit(1);
        }
        return value;
    }

    public static void main(String[] args) {
        String region = ${quoteJava(regionOf(call))};
        String id = fromEnvironment("${keyVariables.id}");
        String secret = fromEnvironment("${keyVariables.secret}");
        String token = System.getenv("${keyVariables.token}");
        DefaultProfile profile = token == null || token.isEmpty()
            ? DefaultProfile.getProfile(region, id, secret)
            : DefaultProfile.getProfile(region, id, secret, token);

        CommonRequest request = new CommonRequest();
        request.setSysMethod(MethodType.POST);
        request.setSysProtocol(ProtocolType.${scheme.toUpperCase()});
        request.setSysDomain(${quoteJava(host)});
        request.setSysVersion("${call.version}");
        request.setSysAction("${call.action}");
        request.setSysReadTimeout(60_000);
${indented(members, '        ')}        try {
            System.out.println(new DefaultAcsClient(profile).getCommonResponse(request).getData());
        } catch (ClientException error) {
            System.err.println(error.getErrCode() + " " + error.getErrMsg());
            System.exit(1);
        }
    }
}
`
  return {
    files: [
      { name: 'Sample.java', text },
      { name: 'pom.xml', text: pom },
    ],
    install,
    run,
  }
}
