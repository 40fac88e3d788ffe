import { endpointOf, keyVariables, regionOf, type SampleCall, wirePairs } from './call.ts'
import { commented, header, indented, notRun } from './header.ts'
import type { Sample, SampleLanguage } from './language.ts'
import { hex, lineEscapes, quoted } from './quote.ts'

export const quotePhp = (text: string): string =>
  quoted(text, '"', { '\\': '\\\\', '"': '\\"', $: '\\$', ...lineEscapes }, (codePoint) => `\\u{${hex(codePoint, 1)}}`)

/** The core client, which signs with V1. */
export const php: SampleLanguage = { id: 'php', label: 'PHP', isRun: false, generate }

function generate(call: SampleCall): Sample {
  const install = ['composer require alibabacloud/client']
  const run = 'php sample.php'
  const { scheme, host } = endpointOf(call)
  const members = wirePairs(call)
    .filter(({ name }) => name !== 'RegionId') // the client adds its own
    .map(({ name, value }) => {
      const shown = 'text' in value ? quotePhp(value.text) : `fromEnvironment('${value.variable}')`
      return `${quotePhp(name)} => ${shown},`
    })
  const text = `<?php
${commented(header(call, install, run, notRun), '//')}
require __DIR__ . '/vendor/autoload.php';

use AlibabaCloud\\Client\\AlibabaCloud;
use AlibabaCloud\\Client\\Exception\\ClientException;
use AlibabaCloud\\Client\\Exception\\ServerException;

function fromEnvironment(string $name): string
{
    $value = getenv($name);
    if ($value === false || $value === '') {
        fwrite(STDERR, "Set $name in the environment.\\n");
        exit(1);
    }
    return $value;
}

$id = fromEnvironment('${keyVariables.id}');
$secret = fromEnvironment('${keyVariables.secret}');
$token = getenv('${keyVariables.token}');
$client = $token ? AlibabaCloud::stsClient($id, $secret, $token) : AlibabaCloud::accessKeyClient($id, $secret);
$client->regionId(${quotePhp(regionOf(call))})->asDefaultClient();

try {
    $result = AlibabaCloud::rpc()
        ->product('${call.product}')
        ->version('${call.version}')
        ->action('${call.action}')
        ->method('POST')
        ->scheme('${scheme}')
        ->host(${quotePhp(host)})
        ->timeout(60)
        ->options(['form_params' => [
${indented(members, '            ')}        ]])
        ->request();
    echo json_encode($result->toArray(), JSON_PRETTY_PRINT | JSON_UNESCAPED_UNICODE), "\\n";
} catch (ServerException $error) {
    fwrite(STDERR, $error->getErrorCode() . ' ' . $error->getErrorMessage() . "\\n");
    exit(1);
} catch (ClientException $error) {
    fwrite(STDERR, $error->getErrorMessage() . "\\n");
    exit(1);
}
`
  return { files: [{ name: 'sample.php', text }], install, run }
}
