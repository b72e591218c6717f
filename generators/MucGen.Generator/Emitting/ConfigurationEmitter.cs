using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using MucGen.Generator.Model;

namespace MucGen.Generator.Emitting;

/// <summary>Emits what follows from the fields of a configuration record.</summary>
internal static class ConfigurationEmitter
{
    public static EmittedFile Emit(ConfigurationModel configuration) =>
        new($"{configuration.Namespace}.{configuration.Name}.Fields.g.cs", Write(configuration).ToString());

    private static SourceWriter Write(ConfigurationModel configuration)
    {
        var writer = CSharp.OpenFile(
            $"the fields of {configuration.Name}", configuration.Namespace,
            "System", "System.Collections.Generic", "System.Diagnostics.CodeAnalysis", "MucGen.Protocol", "MucGen.Xml");
        writer.Line(CSharp.GeneratedCode);
        using (writer.Block($"{(configuration.IsPublic ? "public" : "internal")} sealed partial record {configuration.Name}"))
        {
            EmitWriteForm(writer, configuration);
            EmitTryApply(writer, configuration);
            EmitDisco(writer, configuration);
            if (configuration.InfoForm is not null)
                EmitInfo(writer, configuration, configuration.InfoForm);
            EmitStatus(writer, configuration);
            EmitSave(writer, configuration);
            EmitLoad(writer, configuration);
            foreach (var choice in Choices(configuration))
                ChoiceEmitter.Emit(writer, choice);
        }
        return writer;
    }

    private static void EmitWriteForm(SourceWriter writer, ConfigurationModel configuration)
    {
        writer.Line("/// <summary>Writes every field with its current value into an open form.</summary>");
        using var body = writer.Block($"public void WriteForm(ref {configuration.Form}Writer form)");
        foreach (var field in configuration.Fields)
            writer.Line(FormValues.Write(field));
    }

    private static void EmitTryApply(SourceWriter writer, ConfigurationModel configuration)
    {
        writer.Line();
        writer.Line("/// <summary>Applies a submission to a copy: fields that it leaves out keep their values. False with the first field that is wrong.</summary>");
        using var body = writer.Block(
            $"public bool TryApply(DataFormView form, [NotNullWhen(true)] out {configuration.Name}? changed, out FormError error)");
        using (writer.Block($"if (!{configuration.Form}View.TryRead(form, out var view, out error))"))
        {
            writer.Line("changed = null;");
            writer.Line("return false;");
        }
        using (writer.Block("changed = this with", ";"))
        {
            foreach (var field in configuration.Fields)
                writer.Line($"{field.Property} = {FormValues.Read(field)},");
        }
        writer.Line("return true;");
    }

    private static void EmitDisco(SourceWriter writer, ConfigurationModel configuration)
    {
        writer.Line();
        writer.Line("/// <summary>Writes the features that follow from the values into an open disco#info answer.</summary>");
        using var body = writer.Block("public void WriteDiscoFeatures(ref DiscoInfoQueryWriter query)");
        foreach (var field in configuration.Fields)
        {
            if (field.Disco is { } pair)
                writer.Line($"query.Feature({IsOn(field, "")} ? {CSharp.Literal(pair.On)} : {CSharp.Literal(pair.Off)});");
        }
    }

    private static void EmitInfo(SourceWriter writer, ConfigurationModel configuration, string infoForm)
    {
        writer.Line();
        writer.Line("/// <summary>Writes the values that disco#info shows into an open information form.</summary>");
        using var body = writer.Block($"public void WriteRoomInfo(ref {infoForm}Writer form)");
        foreach (var field in configuration.Fields)
        {
            foreach (var member in field.InfoMembers)
                writer.Line($"form.{member}({field.Property});");
        }
    }

    private static void EmitStatus(SourceWriter writer, ConfigurationModel configuration)
    {
        writer.Line();
        writer.Line("/// <summary>The status codes that tell occupants what is different from before (XEP-0045 10.2.1); 104 for what has no code of its own. Empty when nothing is.</summary>");
        using var body = writer.Block($"public IReadOnlyList<int> StatusCodesSince({configuration.Name} before)");
        writer.Line("var codes = new List<int>();");
        foreach (var field in configuration.Fields)
        {
            if (field.Status is not { } pair)
                continue;
            writer.Line($"if ({IsOn(field, "")} != ({IsOn(field, "before.")}))");
            using (writer.Indent())
                writer.Line($"codes.Add({IsOn(field, "")} ? {pair.On} : {pair.Off});");
        }
        var others = configuration.Fields.Where(field => field.Status is null).ToList();
        if (others.Count > 0)
        {
            for (var i = 0; i < others.Count; i++)
            {
                var last = i == others.Count - 1;
                writer.Line($"{(i == 0 ? "if (" : "    || ")}{others[i].Property} != before.{others[i].Property}{(last ? ")" : "")}");
            }
            using (writer.Indent())
                writer.Line("codes.Add(104);");
        }
        writer.Line("return codes;");
    }

    private static void EmitSave(SourceWriter writer, ConfigurationModel configuration)
    {
        writer.Line();
        writer.Line("/// <summary>The values by their fields' <c>var</c>, as they are stored.</summary>");
        using var body = writer.Block("public Dictionary<string, string[]> Save() => new(StringComparer.Ordinal)", ";");
        foreach (var field in configuration.Fields)
            writer.Line($"[{CSharp.Literal(field.Variable)}] = {SavedValue(field)},");
    }

    private static void EmitLoad(SourceWriter writer, ConfigurationModel configuration)
    {
        writer.Line();
        writer.Line("/// <summary>A configuration from stored values; what is missing or cannot be read has its default.</summary>");
        using var body = writer.Block($"public static {configuration.Name} Load(IReadOnlyDictionary<string, string[]> values)");
        writer.Line($"var defaults = new {configuration.Name}();");
        using var result = writer.Block($"return new {configuration.Name}", ";");
        foreach (var field in configuration.Fields)
            writer.Line($"{field.Property} = {LoadedValue(field)},");
    }

    private static string SavedValue(FieldModel field) => field.Kind switch
    {
        FieldKind.Choice => $"StoredValue.Of({ChoiceEmitter.NameMethod(field)}({field.Property}))",
        FieldKind.Choices => $"{ChoiceEmitter.NameMethod(field)}({field.Property})",
        _ => $"StoredValue.Of({field.Property})",
    };

    private static string LoadedValue(FieldModel field)
    {
        var variable = CSharp.Literal(field.Variable);
        return field.EnumType is null
            ? $"StoredValue.Read(values, {variable}, defaults.{field.Property})"
            : $"{ChoiceEmitter.ReadMethod(field)}(StoredValue.Find(values, {variable}), defaults.{field.Property})";
    }

    private static string IsOn(FieldModel field, string prefix) => string.Format(CultureInfo.InvariantCulture, field.IsOn!, prefix + field.Property);

    private static IEnumerable<FieldModel> Choices(ConfigurationModel configuration) =>
        configuration.Fields.Where(field => field.EnumType is not null).GroupBy(field => field.EnumType).Select(group => group.First());
}
