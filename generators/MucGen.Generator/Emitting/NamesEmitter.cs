using System.Collections.Generic;
using System.Linq;
using System.Text;
using MucGen.Generator.Model;

namespace MucGen.Generator.Emitting;

/// <summary>Emits the name table: namespaces by length, then equality; then local names likewise.</summary>
internal static class NamesEmitter
{
    public static EmittedFile Emit(NamesSpec names, string @namespace)
    {
        var w = CSharp.OpenFile("all schemas, names", @namespace, "System", "MucGen.Xml");
        w.Line("/// <summary>The element names of this assembly's schemas, for the tokeniser.</summary>");
        w.Line(CSharp.GeneratedCode);
        using (w.Block("public sealed class ProtocolNames : NameTable"))
        {
            w.Line("private ProtocolNames()");
            w.Line("{");
            w.Line("}");
            w.Line();
            w.Line("/// <summary>The one instance.</summary>");
            w.Line("public static ProtocolNames Instance { get; } = new();");
            w.Line();
            EmitFindNamespace(w, names);
            w.Line();
            EmitFindElement(w, names);
            for (var i = 0; i < names.Namespaces.Count; i++)
            {
                w.Line();
                EmitNamespace(w, names.Namespaces[i], i + 1);
            }
        }
        return new EmittedFile("ProtocolNames.g.cs", w.ToString());
    }

    private static void EmitFindNamespace(SourceWriter w, NamesSpec names)
    {
        var all = names.Namespaces.SelectMany((n, i) => new[] { n.Namespace }.Concat(n.Aliases).Select(uri => (Uri: uri, Number: i + 1))).ToList();
        w.Line("/// <inheritdoc/>");
        using (w.Block("public override int FindNamespace(ReadOnlySpan<byte> uri) => uri.Length switch", ";"))
            EmitArms(w, all.Select(n => (n.Uri, CSharp.Number(n.Number))), "uri", "0");
    }

    private static void EmitFindElement(SourceWriter w, NamesSpec names)
    {
        w.Line("/// <inheritdoc/>");
        using (w.Block("public override ElementKey FindElement(int ns, ReadOnlySpan<byte> localName) => ns switch", ";"))
        {
            for (var i = 0; i < names.Namespaces.Count; i++)
                w.Line($"{i + 1} => In{i + 1}(localName),");
            w.Line("_ => ElementKey.None,");
        }
    }

    private static void EmitNamespace(SourceWriter w, NamespaceRow row, int number)
    {
        w.Line("// " + row.Namespace);
        using (w.Block($"private static ElementKey In{number}(ReadOnlySpan<byte> name) => name.Length switch", ";"))
            EmitArms(w, row.Elements.Select(e => (e.Local, $"(ElementKey)0x{e.Key:x8}")), "name", "ElementKey.None");
    }

    private static void EmitArms(SourceWriter w, IEnumerable<(string Text, string Result)> arms, string variable, string otherwise)
    {
        foreach (var arm in arms.Select(a => (a.Text, a.Result, Length: Encoding.UTF8.GetByteCount(a.Text))).OrderBy(a => a.Length))
            w.Line($"{arm.Length} when {variable}.SequenceEqual({CSharp.Utf8(arm.Text)}) => {arm.Result},");
        w.Line($"_ => {otherwise},");
    }
}
