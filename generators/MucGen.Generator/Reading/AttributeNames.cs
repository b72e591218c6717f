namespace MucGen.Generator.Reading;

/// <summary>The metadata names of the types of MucGen.Protocol that the attribute pipelines look for.</summary>
internal static class AttributeNames
{
    public const string Namespace = "MucGen.Protocol";
    public const string Feature = Namespace + ".FeatureAttribute";
    public const string OnIq = Namespace + ".OnIqAttribute";
    public const string OnMessage = Namespace + ".OnMessageAttribute";
    public const string OnPresence = Namespace + ".OnPresenceAttribute";
    public const string DispatchContext = Namespace + ".DispatchContextAttribute";
    public const string StanzaTurn = Namespace + ".StanzaTurn";
    public const string Field = Namespace + ".FieldAttribute";
    public const string ConfigurationForm = Namespace + ".ConfigurationFormAttribute";
}
