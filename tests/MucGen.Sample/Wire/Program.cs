using System.Buffers;
using System.Text;
using MucGen.Sample.Wire;
using MucGen.Xml;

// Writes a lamp, reads it back, and reads one that is wrong.
var output = new ArrayBufferWriter<byte>();
var writer = new XmppWriter(output);
var lamp = LampWriter.Start(ref writer, lit: false);
lamp.Text("Out of oil"u8, "en"u8);
lamp.End();
writer.Flush();
Console.WriteLine(Encoding.UTF8.GetString(output.WrittenSpan));

using var right = Stanza.Parse($"<message>{Encoding.UTF8.GetString(output.WrittenSpan)}</message>", ProtocolNames.Instance);
if (!LampView.TryRead(right.Root.FirstChild, out var read, out _))
    return 1;
Console.WriteLine($"lit: {read.Lit}, because: {read.Text.ToString()}");

using var wrong = Stanza.Parse("<message><lamp xmlns='urn:example:lamp:0' lit='perhaps'/></message>", ProtocolNames.Instance);
if (LampView.TryRead(wrong.Root.FirstChild, out _, out var error))
    return 1;
Console.WriteLine($"wrong: {error}");
return 0;
