using MucGen.Generator.Model;

namespace MucGen.Generator.Emitting;

/// <summary>One file for an element: its view, its list, its writer.</summary>
internal static class ElementEmitter
{
    public static EmittedFile Emit(ElementSpec element, string @namespace)
    {
        var w = CSharp.OpenFile($"{element.Origin}, element '{element.Name.Local}' ({element.Specification})", @namespace, "System", "System.Runtime.CompilerServices", "MucGen.Xml");
        ViewEmitter.Emit(w, element);
        w.Line();
        WriterEmitter.Emit(w, element);
        return new EmittedFile($"{element.HintPrefix}.{element.TypeName}.g.cs", w.ToString());
    }
}
