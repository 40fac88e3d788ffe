import { endpointOf, keyVariables, regionOf, type SampleCall, wirePairs } from './call.ts'
import { commented, header, indented, notRun } from './header.ts'
import type { Sample, SampleLanguage } from './language.ts'
import { lineEscapes, longEscape, quoted } from './quote.ts'

export const quoteCSharp = (text: string): string =>
  quoted(text, '"', { '\\': '\\\\', '"': '\\"', ...lineEscapes }, longEscape)

/** The core client's common request, which signs with V1. */
export const csharp: SampleLanguage = { id: 'csharp', label: 'C#', isRun: false, generate }

function generate(call: SampleCall): Sample {
  const install = [
    'dotnet new console --output sample --force',
    'dotnet add sample package aliyun-net-sdk-core',
    'cp Program.cs sample/',
  ]
  const run = 'dotnet run --project sample'
  const { scheme, host } = endpointOf(call)
  const members = wirePairs(call)
    .filter(({ name }) => name !== 'RegionId') // the client adds its own
    .map(({ name, value }) => {
      const shown = 'text' in value ? quoteCSharp(value.text) : `FromEnvironment("${value.variable}")`
      return `request.AddBodyParameters(${quoteCSharp(name)}, ${shown});`
    })
  const text = `${commented(header(call, install, run, notRun), '//')}using System;
using Aliyun.Acs.Core;
using Aliyun.Acs.Core.Auth;
using Aliyun.Acs.Core.Exceptions;
using Aliyun.Acs.Core.Http;
using Aliyun.Acs.Core.Profile;

string FromEnvironment(string name)
{
    var value = Environment.GetEnvironmentVariable(name);
    if (string.IsNullOrEmpty(value))
    {
        Console.Error.WriteLine($"Set {name} in the environment.");
        Environment.Exit(1);
    }
    return value!;
}

var id = FromEnvironment("${keyVariables.id}");
var secret = FromEnvironment("${keyVariables.secret}");
var token = Environment.GetEnvironmentVariable("${keyVariables.token}");
var profile = DefaultProfile.GetProfile(${quoteCSharp(regionOf(call))}, id, secret);
var client = string.IsNullOrEmpty(token)
    ? new DefaultAcsClient(profile)
    : new DefaultAcsClient(profile, new BasicSessionCredentials(id, secret, token));

var request = new CommonRequest
{
    Method = MethodType.POST,
    Protocol = ProtocolType.${scheme.toUpperCase()},
    Domain = ${quoteCSharp(host)},
    Version = "${call.version}",
    Action = "${call.action}",
    TimeoutInMilliSeconds = 60_000,
};
${indented(members, '')}try
{
    Console.WriteLine(client.GetCommonResponse(request).Data);
}
catch (ClientException error)
{
    Console.Error.WriteLine($"{error.ErrorCode} {error.ErrorMessage}");
    Environment.Exit(1);
}
`
  return { files: [{ name: 'Program.cs', text }], install, run }
}
